"""Addresses of videos and posts: which are recognised, and that nothing else ever becomes a frame."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.embeds import FRAME_HOSTS, embed_of

TUBE, RUTUBE = "aqz-KE-bpKQ", "0123456789abcdef0123456789abcdef"
NOCOOKIE, PLAY = f"https://www.youtube-nocookie.com/embed/{TUBE}?rel=0", f"https://rutube.ru/play/embed/{RUTUBE}/"
VK = "https://vkvideo.ru/video_ext.php?oid=-1&id=2&hd=2"


@pytest.mark.parametrize(
    ("address", "frame"),
    [
        (f"https://www.youtube.com/watch?v={TUBE}&list=PL1", NOCOOKIE),
        (f"http://youtube.com/watch?feature=share&v={TUBE}&t=1m30s", f"{NOCOOKIE}&start=90"),
        (f"https://m.youtube.com/live/{TUBE}?si=x", NOCOOKIE),
        (f"https://youtu.be/{TUBE}?t=90", f"{NOCOOKIE}&start=90"),
        (f"https://youtu.be/{TUBE}?t=soon", NOCOOKIE),
        (f"https://www.youtube.com/shorts/{TUBE}", NOCOOKIE),
        (f"https://www.youtube-nocookie.com/embed/{TUBE}?start=5", f"{NOCOOKIE}&start=5"),
        ("https://vimeo.com/1084537", "https://player.vimeo.com/video/1084537?dnt=1"),
        ("https://vimeo.com/1084537/0a1b2c3d4e", "https://player.vimeo.com/video/1084537?dnt=1&h=0a1b2c3d4e"),
        (
            "https://player.vimeo.com/video/1084537?h=0a1b2c3d4e",
            "https://player.vimeo.com/video/1084537?dnt=1&h=0a1b2c3d4e",
        ),
        (f"https://rutube.ru/video/{RUTUBE}/?r=plwd", PLAY),
        (f"https://rutube.ru/shorts/{RUTUBE}/", PLAY),
        (f"https://rutube.ru/video/private/{RUTUBE}/?p=abcdefghijk", f"{PLAY}?p=abcdefghijk"),
        (f"https://rutube.ru/play/embed/{RUTUBE}", PLAY),
        ("https://vk.com/video-1_2", VK),
        ("https://m.vk.com/video-1_2?list=abc", VK),
        ("https://vk.com/videos-1?z=video-1_2%2Fpl_-1_-2", VK),
        ("https://vk.ru/clip-1_2", VK),
        ("https://vkvideo.ru/video-1_2", VK),
        ("https://vk.com/video_ext.php?oid=-1&id=2&hash=0123456789ab", f"{VK}&hash=0123456789ab"),
        ("https://t.me/gorod_news/123", "https://t.me/gorod_news/123?embed=1"),
        ("https://t.me/s/gorod_news/123?single", "https://t.me/gorod_news/123?embed=1"),
    ],
)
def test_it_knows_a_video_or_post_by_its_address(address: str, frame: str) -> None:
    embed = embed_of(address)
    assert embed
    assert embed.frame == frame


@pytest.mark.parametrize(
    "address",
    [
        f"javascript://www.youtube.com/watch?v={TUBE}",
        f"data:text/html,https://youtu.be/{TUBE}",
        f"//youtu.be/{TUBE}",
        f"https://youtube.com.evil.example/watch?v={TUBE}",
        f"https://evil.example/https://youtu.be/{TUBE}",
        f"https://youtu.be@evil.example/{TUBE}",
        f"https://user:password@youtu.be/{TUBE}",
        f"https://youtu.be:8443/{TUBE}",
        f"https://youtu.be:x/{TUBE}",
        f"https://youtu.be\\@evil.example/{TUBE}",
        f"https://уoutube.com/watch?v={TUBE}",
        f"https://notyoutu.be/{TUBE}",
        f"https://youtu.be./{TUBE}",
        f" https://youtu.be/{TUBE}",
        f"https://youtu.be/{TUBE}/../../evil",
        f"https://youtu.be/{TUBE}?" + "&" * 3000,
        'https://youtu.be/"><script>',
        "https://www.youtube.com/watch",
        "https://www.youtube.com/@channel",
        "https://vimeo.com/about",
        "https://rutube.ru/channel/1/",
        "https://vk.com/gorod",
        "https://vk.com/video_ext.php?oid=1",
        "https://t.me/gorod_news",
        "https://t.me/c/1234567/8",
        "https://t.me/gorod_news/0",
        "https://t.me/share/url?url=x",
        "https://[",
        "",
    ],
)
def test_it_makes_no_frame_of_anything_else(address: str) -> None:
    assert embed_of(address) is None


parts = st.sampled_from(
    ["https://", "http://", "//", "youtube.com", "www.", "youtu.be", "vk.com", "t.me", "rutube.ru", "vimeo.com", "/",
     "watch?v=", TUBE, RUTUBE, "video-1_2", "@", ":", "\\", "?", "&", "#", "%2F", "..", "evil.example", '"',
     "channel/1", "<", "javascript:", "\n", "\0", "video_ext.php?oid=1&id=", "hash=", "t=1h", "h="]
)  # fmt: skip


@given(st.lists(parts | st.text(max_size=4), max_size=10).map("".join))
def test_it_frames_only_the_hosts_of_the_list(address: str) -> None:
    embed = embed_of(address)
    if embed:
        frame = urlsplit(embed.frame)
        assert f"{frame.scheme}://{frame.netloc}" in FRAME_HOSTS
        assert not set(embed.frame + embed.address) & set("\"'<>\\ \n\0@")
        assert embed_of(embed.address) is not None


def test_it_tells_an_upright_film_from_a_wide_one() -> None:
    shapes = [
        embed_of(each)
        for each in (f"https://youtube.com/shorts/{TUBE}", "https://vk.com/clip1_2", "https://t.me/gorod/1")
    ]
    assert [each and each.shape for each in shapes] == ["tall", "tall", "post"]
