"""From a reader's words to an answer: the web app, the API and the command line."""
