"""Two contents of an article side by side: what differs, told by words and in words.

``alignment`` finds what stands in both of two lists, ``blocks`` takes a text apart, ``told`` says a content as an
editor reads it, ``sides`` puts both beside each other.
"""

from articles.comparison.alignment import Budget
from articles.comparison.sides import Comparison, compare
from articles.comparison.words import Piece

__all__ = ["Budget", "Comparison", "Piece", "compare"]
