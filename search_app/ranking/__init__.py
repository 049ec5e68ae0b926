"""From a query's tree to clauses, matching sets and an order."""
