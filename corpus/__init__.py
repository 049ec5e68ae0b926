"""The sample corpus of timbao: invented news pages, shipped as data."""
