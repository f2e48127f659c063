# building and taking strings apart
s = "hello world"
vowels = 0
for c in s:
    if c in "aeiou":
        vowels += 1
print(vowels)
rev = ""
for c in s:
    rev = c + rev
print(rev)
print("".join(sorted(set(s))).strip())
caesar = ""
for c in s:
    if c.isalpha():
        caesar += chr((ord(c) - 97 + 3) % 26 + 97)
    else:
        caesar += c
print(caesar)
i = 0
while i < len(s) and s[i] != " ":
    i += 1
print(i, s[:i], s[i + 1:])
print(s.title(), s.count("l"), s.replace("o", "0"))
