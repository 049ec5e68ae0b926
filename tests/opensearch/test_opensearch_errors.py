"""What a cluster's refusals mean to who asked."""

import pytest
from opensearch.fake_host import Host

from indexer.engines.opensearch.alias import Alias
from indexer.engines.opensearch.client import Client
from indexer.errors import IndexBroken, IndexMissing, IndexUnreachable, SettingsError

BLOCKED = ("cluster_block_exception", "blocked by: [SERVICE_UNAVAILABLE/1/state not recovered / initialized];")


@pytest.mark.parametrize(
    ("status", "kind", "reason", "error"),
    [
        (503, *BLOCKED, IndexUnreachable),
        (503, "search_phase_execution_exception", "all shards failed", IndexUnreachable),
        (404, "index_not_found_exception", "no such index [x]", IndexMissing),
        (400, "search_phase_execution_exception", "maxClauseCount: too many clauses", SettingsError),
        (400, "parsing_exception", "unknown field", IndexBroken),
    ],
)
def test_each_refusal_is_the_error_that_tells_what_to_do(status, kind, reason, error):
    cause = {"type": kind, "reason": reason}
    host = Host((status, {"error": {**cause, "root_cause": [cause]}, "status": status}))
    client = Client([host.url], attempt=1.0)
    try:
        with pytest.raises(error):
            Alias(client, "x").ask("GET", "_count", seconds=0.5)
    finally:
        client.close()
        host.close()
