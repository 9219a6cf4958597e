-- How long a question about a past day may wait for a night, work, and keep a night waiting.
set local lock_timeout = '2min';
set local statement_timeout = '10min';
set local idle_in_transaction_session_timeout = '10min';
