"""Servers of a rehearsal that filings come in by: IMAP, SFTP and S3; and SMTP for the answers."""
