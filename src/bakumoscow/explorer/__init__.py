"""The explorer: one self-contained page that shows an article's tables and the words behind them."""
