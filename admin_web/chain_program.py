"""The little program with which an outsider verifies an exported log, as the page shows it."""

PROGRAM = """\
import hashlib, json, sys

COVERED = ("prev", "seq", "at", "kind", "subject", "by", "root", "content", "sealed")
rows, gaps, seq, prev = 0, 0, 0, "0" * 64
for line in open(sys.argv[1], encoding="utf-8"):
    row = json.loads(line)
    text = json.dumps([row[name] for name in COVERED], ensure_ascii=False, separators=(",", ":"))
    if hashlib.sha256(text.encode()).hexdigest() != row["hash"]:
        sys.exit(f"row {row['seq']} was changed")
    if row["seq"] != seq + 1:
        gaps += 1
    elif row["prev"] != prev:
        sys.exit(f"row {row['seq']} does not follow row {seq}")
    rows, seq, prev = rows + 1, row["seq"], row["hash"]
print(f"{rows} rows fit, {gaps} gaps; the newest is {seq}:{prev}")
"""
