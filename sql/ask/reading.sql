-- What a person asks only reads, is planned to be read to its end, and shows times as they are here.
set local transaction_read_only = on;
set local cursor_tuple_fraction = 1;
set local timezone = 'Asia/Ho_Chi_Minh';
