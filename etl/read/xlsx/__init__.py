"""Parts of xlsx workbooks, read where the fast reader does not show enough."""
