"""Log-ins and log-outs go into the audit chain, whoever triggered them."""
