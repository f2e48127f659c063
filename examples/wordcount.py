"""Counts words. Usage: wordcount.py [FILE]; without a file it counts its own source."""

import sys


def words(lines):
    for line in lines:
        word = []
        for ch in line.lower():
            if ch.isalpha():
                word.append(ch)
            elif word:
                yield "".join(word)
                word.clear()
        if word:
            yield "".join(word)


def main():
    path = sys.argv[1] if len(sys.argv) > 1 else __file__
    counts = {}
    with open(path, encoding="utf-8") as file:
        for word in words(file):
            counts[word] = counts.get(word, 0) + 1
    ranking = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    for word, count in ranking[:10]:
        print(f"{count:>5} {word}")
    print(f"{len(counts)} different words, {sum(counts.values())} in all")


if __name__ == "__main__":
    main()
