#!/usr/bin/env python3
"""Builds lexicon.bin and letters.bin from CMUdict.

Usage: make-lexicon.py cmudict.dict [unseen.txt]

lexicon.bin holds the first pronunciation of each headword. A thousand words are held out to test the
letter-to-sound model; they are written to unseen.txt.
letters.bin holds that model: a joint n-gram of letters and the phones that each letter maps to, with
Witten-Bell interpolation. M. Bisani and H. Ney, "Joint-sequence models for grapheme-to-phoneme conversion",
Speech Communication 50 (2008) 434.

All numbers are little-endian. A phone is index | stress << 6.
lexicon.bin: u32 word count, u32 block count; one u32 offset per block of 16 words; the blocks. A word is: u8
number of letters shared with the previous word, u8 number of further letters, these letters, u8 number of
phones, the phones.
letters.bin: u32 unit count, u32 entry count (a power of two); the units; the hash table. A unit is: u8
letter, u8 number of phones, 2 phones. An entry is: u32 hash (0 if empty), u8 cost of the unit after its
history, u8 cost of backing off from that history. Costs are in sixteenths of a bit; 255 marks a missing
value.
"""
import math, re, struct, sys
from collections import defaultdict

PHONES = ('IY IH EH AE AA AO UH UW AH AX ER EY AY OY AW OW '
          'W Y R L HH M N NG F V TH DH S Z SH ZH P B T D K G CH JH').split()
CODE = {p: i + 1 for i, p in enumerate(PHONES)}
ORDER = 5

def read(path):
    words = {}
    for line in open(path, encoding='latin-1'):
        parts = line.split('#')[0].split()
        if len(parts) < 2 or not re.fullmatch(r"[a-z][a-z']*", parts[0]): continue
        phones = []
        for p in parts[1:]:
            stress = int(p[-1]) if p[-1].isdigit() else 0
            name = p.rstrip('012')
            if name == 'AH' and stress == 0: name = 'AX'
            phones.append(CODE[name] | (stress << 6))
        words[parts[0]] = phones
    return words

def align(words, rounds=6):
    """Aligns letters and phones, zero to two phones per letter, by iterated Viterbi alignment."""
    weight = defaultdict(lambda: defaultdict(lambda: 1.0))
    sample = [w for i, w in enumerate(sorted(words)) if i % 5 == 0]
    result = {}
    for iteration in range(rounds):
        last = iteration == rounds - 1
        cost = {l: {o: -math.log(c / sum(t.values())) for o, c in t.items()} for l, t in weight.items()}
        count = defaultdict(lambda: defaultdict(float))
        for word in (words if last else sample):
            # Stress is not part of the alignment.
            phones = tuple(p & 63 for p in words[word])
            n, m = len(word), len(phones)
            if m > 2 * n: continue
            best = [[1e9] * (m + 1) for _ in range(n + 1)]
            back = [[0] * (m + 1) for _ in range(n + 1)]
            best[0][0] = 0.0
            for i in range(n):
                table = cost.get(word[i], {})
                for j in range(max(0, m - 2 * (n - i)), min(m, 2 * i) + 1):
                    here = best[i][j]
                    if here > 1e8: continue
                    for k in (0, 1, 2):
                        if j + k > m: break
                        c = here + table.get(phones[j:j + k], 12.0 if iteration else (2.0, 1.0, 4.0)[k])
                        if c < best[i + 1][j + k]: best[i + 1][j + k] = c; back[i + 1][j + k] = k
            if best[n][m] > 1e8: continue
            j, units = m, []
            for i in range(n, 0, -1):
                k = back[i][j]
                units.append((word[i - 1], tuple(words[word][j - k:j])))
                count[word[i - 1]][phones[j - k:j]] += 1
                j -= k
            if last: result[word] = units[::-1]
        weight = count
    return result

def fnv(ids):
    h = 0x811C9DC5
    for i in ids:
        for b in (i & 255, i >> 8): h = ((h ^ b) * 0x01000193) & 0xFFFFFFFF
    return h or 1

def model(aligned):
    names = {}
    sequences = []
    for units in aligned.values():
        # Only stressed and unstressed are distinguished: primary or secondary stress follows from the word.
        reduced = [(l, tuple((p & 63) | (64 if p >> 6 else 0) for p in ps)) for l, ps in units]
        sequences.append([names.setdefault(u, len(names) + 2) for u in reduced])
    counts = [defaultdict(lambda: defaultdict(int)) for _ in range(ORDER)]
    for s in sequences:
        padded = [0] * (ORDER - 1) + s + [1]
        for i in range(ORDER - 1, len(padded)):
            for n in range(ORDER): counts[n][tuple(padded[i - n:i])][padded[i]] += 1
    entries = {}
    def probability(history, unit):
        total = 1.0 / (len(names) + 2)
        for n in range(len(history) + 1):
            h = history[len(history) - n:]
            t = counts[n].get(h)
            if t is None: break
            size, kinds = sum(t.values()), len(t)
            total = (t.get(unit, 0) + kinds * total) / (size + kinds)
        return total
    cost = lambda p: min(254, max(0, round(-16 * math.log2(max(p, 1e-5)))))
    for n in range(ORDER):
        for history, table in counts[n].items():
            size, kinds = sum(table.values()), len(table)
            # Histories that are rare, and units that the shorter history predicts about as well, are omitted.
            if n > 2 and size < 4: continue
            backoff = cost(kinds / (size + kinds))
            kept = 0
            for unit, times in table.items():
                c = cost(probability(history, unit))
                if n > 1 and abs(c - backoff - cost(probability(history[1:], unit))) < 20: continue
                entries.setdefault(history + (unit,), [255, 255])[0] = c; kept += 1
            if kept or n < 3: entries.setdefault(history + (-1,), [255, 255])[1] = backoff
    return names, entries

def write_letters(names, entries, path):
    table = {}
    for key, (unit_cost, backoff) in entries.items():
        ids = [0xFFFF if k == -1 else k for k in key]
        table.setdefault(fnv(ids), [255, 255])
        e = table[fnv(ids)]
        e[0] = min(e[0], unit_cost); e[1] = min(e[1], backoff)
    size = 1 << max(4, math.ceil(math.log2(len(table) * 1.25)))
    slots = [None] * size
    for h, costs in table.items():
        k = h & (size - 1)
        while slots[k] is not None: k = (k + 1) & (size - 1)
        slots[k] = (h, costs)
    with open(path, 'wb') as out:
        out.write(struct.pack('<II', len(names), size))
        for (letter, phones) in sorted(names, key=names.get):
            out.write(struct.pack('4B', ord(letter), len(phones), *(list(phones) + [0, 0])[:2]))
        for s in slots:
            out.write(struct.pack('<I', s[0] if s else 0)); out.write(bytes(s[1]) if s else b'\xff\xff')
    return len(table), size

def write_lexicon(words, path):
    blocks, offsets, previous = bytearray(), [], b''
    for i, word in enumerate(sorted(words)):
        if i % 16 == 0: offsets.append(len(blocks)); previous = b''
        w = word.encode(); shared = 0
        while shared < min(len(w), len(previous)) and w[shared] == previous[shared]: shared += 1
        phones = words[word]
        blocks += bytes([shared, len(w) - shared]) + w[shared:] + bytes([len(phones)] + phones); previous = w
    with open(path, 'wb') as out:
        out.write(struct.pack(f'<II{len(offsets)}I', len(words), len(offsets), *offsets) + blocks)

if __name__ == '__main__':
    here = re.sub(r'[^/]*$', '', sys.argv[0])
    words = read(sys.argv[1])
    plain = sorted(w for w in words if len(w) > 2 and "'" not in w)
    unseen = plain[60::116][:1000]
    if len(sys.argv) > 2:
        with open(sys.argv[2], 'w') as out:
            for w in unseen:
                names = [PHONES[(p & 63) - 1] + (str(p >> 6) if p >> 6 else '') for p in words[w]]
                out.write(' '.join([w] + names) + '\n')
    for w in unseen: del words[w]
    write_lexicon(words, here + 'lexicon.bin')
    aligned = align(words)
    names, entries = model(aligned)
    used, slots = write_letters(names, entries, here + 'letters.bin')
    print(f'{len(words)} words, {len(aligned)} aligned, {len(names)} units, {used} entries in {slots} slots')
