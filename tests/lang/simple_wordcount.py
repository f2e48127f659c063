# counting words with a dict
text = "the cat and the dog and the bird"
counts = {}
for word in text.split():
    if word in counts:
        counts[word] += 1
    else:
        counts[word] = 1
for word in sorted(counts):
    print(word, counts[word])
print(max(counts, key=counts.get))
