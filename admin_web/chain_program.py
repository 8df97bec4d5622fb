"""How an outsider verifies an exported log: what a hash covers, and the little program that the page shows."""

COVERED = ("prev", "seq", "at", "kind", "subject", "by", "root", "content", "sealed")
"""The columns in the order in which the hash of a row covers them."""

AS_COVERED = "covered"
"""The last column of a table: the list as JSON in plain letters, which no spreadsheet program takes for a formula."""

PROGRAM = """\
import csv, hashlib, json, sys

COVERED = ("prev", "seq", "at", "kind", "subject", "by", "root", "content", "sealed")
def read(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        if path.endswith(".csv"):
            for row in csv.DictReader(file):
                yield {**dict(zip(COVERED, json.loads(row["covered"]))), "hash": row["hash"]}
        else:
            yield from map(json.loads, file)

csv.field_size_limit(2**24)
rows, gaps, seq, prev = 0, 0, 0, "0" * 64
for row in read(sys.argv[1]):
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
