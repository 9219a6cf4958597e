-- A night that is at work is waited for, and whoever asks; not for long, then the restore gives up.
set local lock_timeout = '2min';
