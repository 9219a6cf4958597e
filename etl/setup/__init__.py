"""What a machine needs before the first night: the warehouse's schema, Airflow's home."""
