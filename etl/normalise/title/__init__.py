"""What titles and the lines above a header say of a filing, and what is wrong with them."""
