"""docker-compose.yml rehearsed on a real Docker engine: `make rehearse`."""
