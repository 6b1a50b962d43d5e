"""Documents for paper, set by typst."""
