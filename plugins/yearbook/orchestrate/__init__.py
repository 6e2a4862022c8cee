"""The only room that knows Airflow: partitions, task bodies, and the driver that runs the DAGs without any service.

Not its business: what a step does to records (the rooms below), and what runs when (`dags/`).
"""
