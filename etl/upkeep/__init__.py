"""What keeps an installation: backups and their restoring, proof that nothing has changed by
itself, and what may go.

Doors: `backup.backup`, `restore.restore` and `restore.rehearse`, `verify.verify`,
`retention.retain`.
"""
