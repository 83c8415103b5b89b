"""Parts of addresses that cannot overflow a database column."""


class IdConverter:
    """A primary key: 1 to 18 digits, so that it fits a BIGINT; anything longer is a 404."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class YearConverter(IdConverter):
    regex = "[12][0-9]{3}"


class TwoDigitConverter:
    """A month or a day as WordPress writes it: always two digits."""

    regex = "[0-9]{2}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:02d}"


class FeedFormConverter:
    """A way to write a feed down, besides RSS, which needs no name."""

    regex = "atom|json"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
