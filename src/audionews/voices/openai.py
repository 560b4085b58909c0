"""Any server that speaks as OpenAI's does: ``POST /v1/audio/speech``. Placeholder, being written."""
