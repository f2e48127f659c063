# difflib
import difflib
a, b = ["one\n", "two\n", "three\n"], ["one\n", "tree\n", "three\n", "four\n"]
print("".join(difflib.unified_diff(a, b, "A", "B"))); print("".join(difflib.ndiff(a, b))); print("".join(difflib.context_diff(a, b, "A", "B")))
s = difflib.SequenceMatcher(None, "abcd", "bcde"); print(s.ratio(), s.get_opcodes(), s.get_matching_blocks(), s.find_longest_match(), difflib.get_close_matches("appel", ["ape", "apple", "peach"]))
