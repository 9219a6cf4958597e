set local lock_timeout = '3s'
