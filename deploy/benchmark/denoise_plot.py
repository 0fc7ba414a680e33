#!/usr/bin/env python3
"""Draws what 'frameflow evaluate denoise --model ...' measured at several levels of noise.

usage: denoise_plot.py FIGURES.json > plot.svg

The file is the command's JSON; the levels are taken from the names of its groups (gaussian_25).
"""
import json
import sys

PANELS = [
    ("Objects found (recall, %)", ("detections", "recall_noisy"), ("detections", "recall_denoised"), 0, 100),
    ("Tracks kept from frame to frame (%)", ("tracks_noisy", "continuity"), ("tracks_denoised", "continuity"), 0, 100),
    ("PSNR of still parts (dB)", ("noisy", "psnr_still_db"), ("denoised", "psnr_still_db"), 15, 45),
    ("PSNR of moving parts (dB)", ("noisy", "psnr_moving_db"), ("denoised", "psnr_moving_db"), 15, 45),
]
WIDTH, HEIGHT, LEFT, TOP, GAP = 300, 170, 46, 44, 70
BEFORE, AFTER, INK = "#c2410c", "#0e7490", "#6b7280"


def levels(figures):
    """Pairs of the noise's standard deviation and what was measured, in order."""
    groups = [(float(name.rsplit("_", 1)[1]), group) for name, group in figures.items() if isinstance(group, dict)]
    return sorted(groups, key=lambda group: group[0])


def text(x, y, content, anchor="middle", size=11, color=INK):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="{color}">{content}</text>'


def curve(points, color):
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{color}"/>' for x, y in points)
    return f'<polyline points="{line}" fill="none" stroke="{color}" stroke-width="2"/>{dots}'


def panel(title, before, after, low, high, measured, left, top):
    most = measured[-1][0]
    parts = [text(left + WIDTH / 2, top - 10, title, size=12)]
    for step in range(5):
        y = top + HEIGHT * (1 - step / 4)
        parts.append(f'<line x1="{left}" y1="{y:.1f}" x2="{left + WIDTH}" y2="{y:.1f}" stroke="{INK}" stroke-opacity="0.25"/>')
        parts.append(text(left - 6, y + 4, f"{low + (high - low) * step / 4:g}", "end"))
    for level, _ in measured:
        parts.append(text(left + WIDTH * level / most, top + HEIGHT + 16, f"{level:g}"))
    for (group, name), color in ((before, BEFORE), (after, AFTER)):
        points = []
        for level, figures in measured:
            share = (figures[group][name] - low) / (high - low)
            points.append((left + WIDTH * level / most, top + HEIGHT * (1 - min(1, max(0, share)))))
        parts.append(curve(points, color))
    return "".join(parts)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as file:
        measured = levels(json.load(file))
    width, height = 2 * (WIDTH + GAP) + LEFT - 20, 2 * (HEIGHT + GAP) + TOP
    print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif">')
    print(curve([(LEFT, 12), (LEFT + 24, 12)], BEFORE) + text(LEFT + 32, 16, "with noise", "start"))
    print(curve([(LEFT + 120, 12), (LEFT + 144, 12)], AFTER) + text(LEFT + 152, 16, "after noise reduction", "start"))
    for number, (title, before, after, low, high) in enumerate(PANELS):
        left, top = LEFT + number % 2 * (WIDTH + GAP), TOP + number // 2 * (HEIGHT + GAP)
        print(panel(title, before, after, low, high, measured, left, top))
    print(text(width / 2, height - 14, "Standard deviation of the noise, grey levels"))
    print("</svg>")


if __name__ == "__main__":
    main()
