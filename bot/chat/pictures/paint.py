"""A program of its own that turns an SVG into a PNG.

Drawing holds a processor for as long as a hundred taps take, and inside the bot all of them would
wait for it. It reads the SVG and the files of its fonts as JSON, and writes the PNG.
"""

import json
import sys

import resvg_py


def main() -> None:
    """Draw what is asked for; system fonts are left alone, so that every machine draws alike."""
    asked = json.load(sys.stdin)
    png = resvg_py.svg_to_bytes(
        svg_string=asked["svg"],
        skip_system_fonts=True,
        font_files=asked["fonts"],
        font_family="Noto Sans",
    )
    sys.stdout.buffer.write(png)


if __name__ == "__main__":
    main()
