"""The site is sent to where the public gets it: a folder, an object store, a server. One module for each kind."""
