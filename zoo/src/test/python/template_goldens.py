"""Writes what Python renders for our templates and the digests for real ones.

usage: template_goldens.py RESOURCE_FOLDER [HUB_METADATA_FOLDER]

Needs transformers; its own environment for chat templates is the reference. Real templates are
never stored, only the SHA-256 and the length of what they render.
"""

import glob
import hashlib
import json
import os
import sys

from transformers.utils.chat_template_utils import _compile_jinja_template

CONTEXT = {
    "s": "Hello World",
    "u": "naïve ☕ 日本語 😀 ß İ ΑΣ",
    "ws": " \t two  words \n",
    "crlf": "a\r\nb\rc\n",
    "quotes": "it's \"q\" \\ \x00\x07\x7f\x85\u200b\ue000",
    "n": 7,
    "neg": -7,
    "f": 2.5,
    "big": 12345678901234567,
    "yes": True,
    "no": False,
    "nil": None,
    "empty": [],
    "words": ["banana", "Apple", "cherry", "apple"],
    "nums": [3, 1, 2, 3],
    "mixed": [1, 2.0, True, None, "x", [1], {"a": 1}],
    "d": {"b": 1, "a": "x", "items": "shadowed", "n": {"k": [1, 2]}},
    "users": [
        {"name": "Zoe", "age": 3, "tags": ["a"], "on": True},
        {"name": "adam", "age": 1, "tags": [], "on": False},
        {"name": "Bob", "age": 3, "tags": ["b", "c"], "on": True},
    ],
    "messages": [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": [{"type": "image"}, {"type": "text", "text": "Hi {{ 7*7 }} <|im_end|>"}]},
        {"role": "assistant", "content": "{% if x %}", "tool_calls": [
            {"function": {"name": "f", "arguments": {"q": "é", "n": 1.0}}}]},
    ],
}

EXPRESSIONS = """
1 + 2 * 3 ~ 4
7 // 2 ~ ' ' ~ neg // 2 ~ ' ' ~ 7 % 3 ~ ' ' ~ neg % 3 ~ ' ' ~ 7 % -3
7 / 2
6 / 3
2 ** 10
2 ** -1
2 ** 3 ** 2
-2 ** 2
(-2) ** 2
-7.5 // 2
-7.5 % 2
7.5 % -2
0.0 * -1
1e16
1e15
123456789012345680.0
1e-4
1e-5
0.1 + 0.2
1.0
100.0
1e22
1e23
5e-324
1.7976931348623157e308
2.0 ** 0.5
1_000
0x1F + 0b11 + 0o17
9007199254740993 / 3
big * 100
true + true
true == 1
1 == 1.0
'1' == 1
[1, 2] == [1, 2]
[1] == (1,)
{'a': 1} == {'a': 1.0}
nil == none
nosuch == other
nosuch is none
nosuch is defined
nosuch.attr
nosuch['x']
nosuch
nosuch + 1
nosuch ~ 'x'
[nosuch]
1 < 2 < 3
1 < 3 < 2
1 < 2 == true
'a' < 'b'
'a' < 1
[1, 2] < [1, 3]
[1, 'a'] < [2, 1]
nosuch < 1
not 1 == 2
not yes and no
yes or no and no
'' or 'default'
nil and nosuch.x
1 if yes
1 if no
1 if no else 2 if no else 3
'a' in 'abc'
1 in 'abc'
1 in nums
'a' in d
'q' not in d
not 'a' in d
1 in nosuch
1 in nil
'x' ~ 1 ~ 2.0 ~ true ~ none ~ [1, 'a'] ~ {'k': none}
(1,)
()
(1, 2)
[]
{}
[1, 2.5, 'x', none, true, "it's", 'say "x"', 'both \\' "']
{'a': 1, 2: 'b', none: 3, (1, 2): 4, true: 5}
{1: 'a', 1.0: 'b', true: 'c'}
{[1]: 2}
d
d.items
d['items']
d.items()
d.keys()
d.values() | list
d.n.k
d.n.k[-1]
d.nosuch
d.get('b')
d.get('zz')
d.get('zz', 9)
d.get('b', default=9)
d.pop('b')
d.update({'x': 1})
nums.append(4)
nums.append
nums.index(2)
nums.index(99)
nums.count(3)
mixed
quotes
[quotes]
[u]
u | length
u[3]
u[-1]
u[8:12]
u[::-1]
u[::2]
s[1:4]
s[:-3]
s[-3:]
s[::3]
s[10:2:-2]
s[5:100]
s[100]
s[0]
s['upper']()
nums[1:]
nums[::-1]
nums[5]
nums['x']
nums[none]
nums[true]
nums[1:2:0]
nums['a':]
nosuch[1:]
nil[1:] if yes
nil.x
nil['x']
n.x
s.nosuch
s.nosuch()
s()
d()
words[0].title()
s.upper() ~ s.lower() ~ s.capitalize() ~ s.swapcase() ~ s.title()
u.upper()
u.lower()
u.title()
u | title
u | capitalize
'ΑΣ ΑΣΑ Σ'.lower()
'ﬁx ǆ ŉ'.capitalize()
"they're bill's x1y".title()
"they're (bill's) x-y z" | title
s.split()
s.split('o')
s.split('o', 1)
s.split(maxsplit=1)
s.split('')
ws.split()
ws.split(' ')
ws.split(none, 1)
ws.rsplit(none, 1)
s.rsplit('o', 1)
'a,b,,c'.split(',')
'a,b,,c'.rsplit(',', 2)
''.split()
''.split(',')
crlf.splitlines()
crlf.splitlines(true)
ws.strip() ~ '|' ~ ws.lstrip() ~ '|' ~ ws.rstrip() ~ '|'
'xxaxx'.strip('x')
'</think>ok'.lstrip('</think>')
'xyx'.strip('')
'xyx'.rstrip(none)
s.partition(' ')
s.partition('zz')
s.rpartition('o')
s.replace('l', 'L')
s.replace('l', 'L', 1)
s.replace('', '-')
s.replace('o', '', 0)
'ab'.replace('', '-', 2)
'-'.join(['a', 'b'])
'-'.join([1, 2])
', '.join(words)
'-'.join('abc')
s.find('o') ~ s.find('zz') ~ s.rfind('o') ~ s.find('o', 5) ~ s.find('', 20) ~ s.find('', 11)
u.find('😀')
u.find('ß')
s.index('W')
s.index('zz')
s.count('l') ~ s.count('') ~ s.count('l', 5)
'aaa'.count('aa')
s.startswith('Hell') ~ s.endswith('ld') ~ s.startswith(('x', 'He')) ~ s.startswith('World', 6)
s.startswith(['H'])
s.startswith(1)
'prefix-x'.removeprefix('prefix-') ~ 'x.txt'.removesuffix('.txt') ~ 'x'.removeprefix('y')
'42'.zfill(5) ~ '-42'.zfill(5) ~ 'abc'.zfill(2)
'ab'.center(7, '*') ~ 'abc'.center(6, '*') ~ 'a'.ljust(3, '.') ~ 'a'.rjust(3)
'ab' | center(7)
'12'.isdigit() ~ ''.isdigit() ~ 'ab'.isalpha() ~ 'a1'.isalnum() ~ ' '.isspace() ~ 'A1'.isupper() ~ 'a1'.islower()
'{} and {}'.format(1, 'x')
'{1}{0}'.format('a', 'b')
'{name}!{{}}'.format(name=2.5)
'{'.format(1)
'{} {0}'.format(1)
'{}'.format()
'%s is %d%%' % ('x', 3)
'%s' % 5
'%s' % [1]
'%d' % 2.9
'%d' % 'x'
'%s %s' % 'x'
'x' % 'y'
'%r' % 'x'
'%s and %s' | format('a', 1)
'ab' * 3 ~ 2 * 'x' ~ 'z' * -1 ~ true * 'q'
[1] * 3 + [2]
(1,) + (2,)
[1] + (2,)
'a' + 1
1 + 'a'
'a' - 'b'
-'a'
+true
- true
1 / 0
1 % 0
1.0 // 0
none + 1
s | length
d | length
nil | length
n | length
nosuch | length
s | first ~ words | first ~ d | first
empty | first
words | last ~ s | last ~ d | last
empty | last
nosuch | first
words | join(', ')
nums | join
nums | join('|')
users | join(', ', attribute='name')
mixed | join('/')
nosuch | join(',')
nil | join(',')
s | upper ~ s | lower
n | upper
nil | lower
nosuch | upper
s | trim('Hd')
ws | trim ~ '|'
n | trim
s | replace('o', '0') | replace('l', 1)
s | replace('o', '0', 1)
n | replace(7, 8)
s | default('x') ~ nosuch | default('x') ~ nosuch | d
'' | default('x', true) ~ nil | default('x') ~ nil | default('x', boolean=true)
nosuch.x | default('y')
words | sort
words | sort(case_sensitive=true)
words | sort(reverse=true)
nums | sort
mixed | sort
users | sort(attribute='age') | map(attribute='name') | list
users | sort(attribute='age,name', reverse=true) | map(attribute='name') | join(',')
words | unique | list
words | unique(case_sensitive=true) | list
users | unique(attribute='age') | map(attribute='name') | list
mixed | unique | list
nums | unique | list | sort
nums | min ~ nums | max
words | min ~ words | max
users | max(attribute='age')
empty | max
nums | sum
users | sum(attribute='age')
nums | sum(start=10)
words | sum
[[1], [2]] | sum(start=[])
nums | reverse | list
s | reverse
d | reverse | list
nil | reverse
d | dictsort
d.n | dictsort(by='value')
{'B': 1, 'a': 2} | dictsort
{'B': 1, 'a': 2} | dictsort(true)
{'B': 2, 'a': 1} | dictsort(false, 'value')
{'B': 2, 'a': 1} | dictsort(by='q')
d | items | list
nosuch | items | list
nums | items
d | list
s | list
nil | list
users | map(attribute='name') | list
users | map(attribute='tags.0') | list
users | map(attribute='zz', default='-') | list
users | map(attribute='tags') | map('length') | list
words | map('upper') | join(' ')
words | map('replace', 'a', '4') | list
words | map('nosuchfilter') | list
words | map | list
nil | map('upper') | list
users | selectattr('on') | map(attribute='name') | list
users | rejectattr('on') | map(attribute='name') | list
users | selectattr('age', 'equalto', 3) | list | length
users | selectattr('age', '==', 3) | map(attribute='name') | join
users | selectattr('name', 'in', ['Bob']) | list
users | selectattr('zz', 'defined') | list
users | rejectattr('zz', 'defined') | list | length
users | selectattr('age', '>', 2) | list | length
users | selectattr('age', 'gt') | list
users | selectattr('x.y', 'defined') | list
nums | select('odd') | list
nums | reject('odd') | list
nums | select('divisibleby', 3) | list
nums | select | list
mixed | select('string') | list
mixed | select('number') | list
mixed | reject('none') | list
nums | select('nosuchtest') | list
users | selectattr('on') | first
nums | batch(3) | list
nums | batch(3, 'x') | list
nums | slice(3) | list
nums | slice(3, 'x') | list
'12' | int ~ ' 12 ' | int ~ '1_0' | int ~ '12.7' | int ~ 'x' | int ~ 'x' | int(5) ~ nil | int ~ 2.9 | int ~ -2.9 | int ~ yes | int
'1e3' | int
nosuch | int
'1.5' | float ~ 'x' | float ~ 3 | float ~ 'x' | float(1.5) ~ '1e3' | float ~ 'inf' | float ~ '.5' | float ~ '5.' | float
2.5 | round ~ 3.5 | round ~ 2.675 | round(2) ~ 5 | round ~ -0.4 | round
2.25 | round(1) ~ 2.1 | round(0, 'ceil') ~ 2.9 | round(0, 'floor') ~ 2.14159 | round(2, 'ceil') ~ 7 | round(0, 'floor')
1234 | round(-2) ~ 1250 | round(-2) ~ 1234.5 | round(-2)
2.5 | round(1, 'nope')
-3 | abs ~ -2.5 | abs ~ no | abs
'x' | abs
n | string ~ nil | string ~ nosuch | string
'<a href="x">&\\'</a>' | e
'<b>' | safe
('<b>' | safe) ~ '<i>'
('<b>' | safe) + '<i>'
'<i>' + ('<b>' | safe)
n | e
'a\\nb\\n\\nc' | indent
'a\\nb\\n\\nc' | indent(2, true)
'a\\nb\\n\\nc\\n' | indent(2, blank=true)
'a\\nb' | indent('> ', first=true)
s | truncate(5) ~ '|' ~ s | truncate(8, leeway=0) ~ '|' ~ s | truncate(8, true, leeway=0) ~ '|' ~ s | truncate(8, false, '', 0)
s | wordcount ~ "it's a b-c d_e" | wordcount
d | tojson
mixed | tojson
u | tojson
quotes | tojson
quotes | tojson(ensure_ascii=true)
u | tojson(ensure_ascii=true)
d | tojson(indent=2)
d | tojson(indent=4, sort_keys=true)
{'a': [], 'b': {}, 'c': [[], [1]]} | tojson(indent=2)
d | tojson(separators=(',', ':'))
{'b': 1, 'a': 2} | tojson(sort_keys=true)
{1: 2, none: 3, true: 4, 2.5: 5} | tojson
{(1, 2): 3} | tojson
{1: 2, 'a': 3} | tojson(sort_keys=true)
(1, 2) | tojson
nosuch | tojson
range(3) | tojson
[1e16, 0.1, 1.0] | tojson
'</script>&' | tojson
d | tojson | length
d | tojson(indent='\\t')
'</b>' | tojson | safe
range(5) | list
range(2, 10, 3) | list
range(5, 0, -2) | list
range(3)
range(1, 5, 2)
range(3)[1]
range(3)[-1]
range(0) | list
range(3) | length
2 in range(3)
range(100001)
range(3, 1, 0)
dict(a=1, b='x')
dict([('a', 1), ['b', 2]])
dict({'a': 1}, b=2)
dict(1)
namespace(a=1).a
namespace({'a': 5}).a
namespace(a=1)['a']
namespace(a=1).b
namespace(_a=1)
raise_exception('stop ' ~ n)
s is string ~ n is string ~ nosuch is string
s is iterable ~ n is iterable ~ nil is iterable ~ d is iterable ~ nosuch is iterable
s is sequence ~ d is sequence ~ n is sequence ~ (words | map('upper')) is sequence ~ nosuch is sequence
d is mapping ~ words is mapping
n is number ~ f is number ~ yes is number ~ s is number
n is integer ~ yes is integer ~ f is float ~ n is float
yes is boolean ~ n is boolean ~ yes is true ~ no is false ~ 1 is true
nil is none ~ n is not none ~ nosuch is undefined
n is odd ~ n is even ~ n is divisibleby 7 ~ n is divisibleby(2)
s is odd
n is eq 7 ~ n is equalto(7) ~ n is ne 8 ~ n is lt 8 ~ n is gt 8 ~ n is ge 7 ~ n is le 7
'a' is in 'abc' ~ 1 is in(nums)
'abc' is lower ~ 'ABC' is upper ~ 'Abc' is lower ~ '1' is upper
range is callable ~ s is callable ~ nosuch is callable ~ s.upper is callable
'upper' is filter ~ 'nope' is filter ~ 'odd' is test
yes is sameas true ~ nil is sameas none ~ 1 is sameas true
('x' | safe) is escaped ~ 'x' is escaped
not n is odd
n is not odd
n is odd and yes
n is odd or no
n + 1 is odd
-1 | abs
- 1 | abs + 2
'a' 'b' "c"
'\\x41\\u00e9\\U0001F600\\101\\q\\t|'
'a\\
b'
'\\é'
nums.0
d.n.k.1
words|length > 3 and words|first == 'banana'
(1, 2)[0] ~ [1, 2][1] ~ {'a': 'z'}['a'] ~ {'a': 'z'}.a ~ 'abc'[1]
[1, 2, ]
{'a': 1, }
(1, 2, )
users[0].name ~ users[-1]['tags'][0]
users | length ~ users | map(attribute='age') | sum
messages[0]['content'] if messages[0]['role'] == 'system' else 'none'
messages | selectattr('role', 'equalto', 'user') | list | length
messages | map(attribute='role') | join(',')
messages[1:] | length
messages[2].tool_calls[0].function.arguments | tojson
'content' in messages[0] and messages[0].content is string
1 +
{{ 1 }
'abc
1 2
a b
nums[
{'a' 1}
[1, 2
(1
)
n.
n | 
n is
n !
$x
1 if
not
f(a=1, 2)
dict(a=1, a=2)
dict(**{'a': 1})
dict(*[[('a', 1)]])
dict(**nosuch)
range(*[1, 3]) | list
1.5.x
1.x
s.0
none | default('q', true)
(none or {}).get('x', 'y')
loop
loop.index
caller()
self
"%s" | format(nosuch)
nums | map('string') | join('+')
[nums, words] | map('first') | list
[[1, 2], [3]] | map('join', '-') | list
[3, none] | min
[] | sum
1 ~ -1
3 - -3
2 * -3
10 - 2 - 3
100 / 10 / 2
2 + 3 ~ 4 + 5
1 == 1 == 1
'a' == 'a' in ['a']
users[0] == users[0]
users[0].on is true and users[1].on is false
[1, [2, [3, {'x': (4,)}]]]
"a\\u2028b\\u00a0c\\u00ad"
["a\\u2028b\\u00a0c\\u00ad\\u0378é😀"]
'1,2;3'.replace(',', ';').split(';') | map('int') | sum
s.__class__
s._x
d._x
d.__len__
''.join(users | map(attribute='name'))
words.copy()
d.copy() == d
(1, 2).count(1) ~ (1, 2).index(2)
(1, 2).append(3)
f.is_integer()
n.bit_length()
'é'.encode()
lipsum()
9223372036854775807 + 1
9223372036854775808
'%5d' % 3
'{:>5}'.format(3)
words | map('upper')
namespace
s.upper
'²'.isdigit() ~ '²'.isdecimal() ~ '½'.isdigit() ~ '½'.isalnum() ~ 'Ⅷ'.isalnum() ~ '①'.isdigit() ~ '٣'.isdigit()
'x² ½ y-Ⅷ' | wordcount
(1e308 * 10) | int
(1e308 * 10 - 1e308 * 10) | int(5)
'inf' | int(7)
'{}-{x}'.format(nosuch, x=d)
words | sort(true)
words | sort(none)
words | sort('x')
{'a': 1} | dictsort(reverse=none)
crlf.splitlines(none)
nosuch | truncate(20)
nums | truncate(20)
nums | truncate(3, leeway=0)
nil | truncate(20)
2.5 | round(none) ~ 3.5 | round(none) ~ 7 | round(none)
(1e308 * 10) | round(none)
2.5 | round(none, 'floor')
nums | batch(none) | list
nums | batch(none, 'x') | list
nums | batch(0) | list
nums | batch(-2, 'x') | list
nums | slice(-1) | list
nums | slice(0) | list
'groupby' is filter ~ 'upper' is filter ~ 'nope' is filter ~ 'eq' is test ~ n is filter
nums is filter
d is test
['🫠🫶', {'🥹': '🫡'}]
'ǅ'.swapcase() ~ 'ᾳ'.title() ~ 'ᾲ'.title() ~ 'ᾈ'.capitalize() ~ 'ᾈ'.title() ~ 'ŉ ǰ ΐ ﬁ'.title()
'aΣ·b aΣ՟b aΣ״b aΣ!b'.lower()
""".strip().split("\n")

TEMPLATES = [
    "a\n",
    "a\n\n",
    "a\r\nb\r\n",
    "",
    "\n",
    "{# c #}x",
    "x {#- c -#} y",
    "x\n  {# c #}\ny",
    "x\n  {#+ c +#}\ny",
    "a {% if yes %} b {% endif %} c",
    "a\n  {% if yes %}\n  b\n  {% endif %}\n  c\n",
    "a\n  {%+ if yes %}\n  b\n  {%- endif +%}\n  c\n",
    "a \n {%- if yes -%} \n b \n {%- endif -%} \n c",
    "a \n {{- 1 -}} \n c",
    "  {{ 1 }}\n  {{ 2 }}\n",
    "  {% set x = 1 %}  {{ x }}",
    "{% set x = 1 %}\n\n{{ x }}",
    "x{% raw %} {{ a }} {% b %} {% endraw %}y",
    "x\n  {% raw %}\n  {{ a }}\n  {% endraw %}\ny",
    "x {%- raw -%} \n {{ a }} \n {%- endraw -%} y",
    "{% raw %}{% raw %}{% endraw %}",
    "{% raw %}x",
    "{# x",
    "{{ 1",
    "{% if yes %}",
    "{% if yes %}{% endfor %}",
    "{% endif %}",
    "{% nosuch %}",
    "{% %}",
    "{{ }}",
    "{% for x in nums %}{{ x }}{% endfor %}",
    "{% for x in nums %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }}{{ loop.depth }}{{ loop.depth0 }};{% endfor %}",
    "{% for x in nums %}{{ loop.previtem }}<{{ x }}>{{ loop.nextitem }} {% endfor %}",
    "{% for x in nums %}{{ loop.previtem is defined }}{{ loop.nextitem is undefined }}{{ loop.nosuch }} {% endfor %}",
    "{% for x in nums %}{{ loop.cycle('a', 'b') }}{{ loop.changed(x) }}{% endfor %}",
    "{% for x in nums %}{{ loop }}{% endfor %}",
    "{% for x in nums if x > 1 %}{{ x }}{{ loop.length }}{{ loop.last }}{% endfor %}",
    "{% for x in nums if x > 1 %}{{ loop.index }}/{{ loop.revindex }}{% endfor %}",
    "{% for x in nums if x > 9 %}{{ x }}{% else %}none{% endfor %}",
    "{% for x in empty %}{{ x }}{% else %}empty{% endfor %}",
    "{% for x in nosuch %}{{ x }}{% else %}undef{% endfor %}",
    "{% for x in nil %}{{ x }}{% endfor %}",
    "{% for x in n %}{{ x }}{% endfor %}",
    "{% for c in 'añ😀' %}[{{ c }}]{% endfor %}",
    "{% for k in d %}{{ k }},{% endfor %}",
    "{% for k, v in d.items() %}{{ k }}={{ v }};{% endfor %}",
    "{% for k, v in d | items %}{{ k }}={{ v }}{{ loop.last }};{% endfor %}",
    "{% for k, v in d.items() if v is string %}{{ k }}={{ v }};{% endfor %}",
    "{% for a, b in [[1, 2], (3, 4)] %}{{ a }}{{ b }}{% endfor %}",
    "{% for a, b in [[1, 2, 3]] %}{{ a }}{% endfor %}",
    "{% for a, (b, c) in [(1, (2, 3))] %}{{ a }}{{ b }}{{ c }}{% endfor %}",
    "{% for x in 1, 2, 3 %}{{ x }}{% endfor %}",
    "{% for x in nums %}{% if x == 1 %}{% continue %}{% endif %}{% if x == 2 %}{% break %}{% endif %}{{ x }}{% endfor %}",
    "{% for x in nums %}{% break %}{% else %}else{% endfor %}",
    "{% for x in nums %}{% if loop.first %}{{ x }}{% else %}{% break %}{% endif %}{% else %}else{% endfor %}",
    "{% for x in nums %}{% continue %}{% else %}else{% endfor %}",
    "{% for x in nums %}{% for y in nums %}{% if y == 1 %}{% break %}{% endif %}{{ y }}{% endfor %}.{% endfor %}",
    "{% for x in nums %}{{ loop.index }}{% for y in words %}{{ loop.index }}{% endfor %}{{ loop.index }};{% endfor %}",
    "{% break %}",
    "{% for x in nums %}{% macro m() %}{% break %}{% endmacro %}{% endfor %}",
    "{% for x in nums %}{% set y %}a{% break %}{% endset %}{{ y }}{% endfor %}",
    "{% for x in nums %}{% filter upper %}a{% if x == 1 %}{% continue %}{% endif %}{% endfilter %}{% endfor %}",
    "{% for loop in nums %}{% endfor %}",
    "{% for x in nums %}{% set loop = 1 %}{% endfor %}",
    "{% for x in nums recursive %}{% endfor %}",
    "{% for x in nums %}{{ loop(x) }}{% endfor %}",
    "{% for x in range(3) %}{{ x }}{{ loop.last }}{% endfor %}",
    "{% for x in nums | reverse %}{{ x }}{{ loop.length }}{% endfor %}",
    "{% for m in messages %}{% if loop.index0 > 0 and messages[loop.index0 - 1].role == 'user' %}{{ m.role }}{% endif %}{% endfor %}",
    "{% set x = 1 %}{% for i in nums %}{% set x = x + i %}{{ x }}{% endfor %}{{ x }}",
    "{% set ns = namespace(x=0) %}{% for i in nums %}{% set ns.x = ns.x + i %}{% endfor %}{{ ns.x }}",
    "{% set ns = namespace(a=1) %}{% set ns.b, ns.a = 5, 6 %}{{ ns.a }}{{ ns.b }}",
    "{% set ns.x = 1 %}",
    "{% set d.x = 1 %}",
    "{% set ns = namespace() %}{% set ns._x = 1 %}",
    "{% set a, b = 1, 2 %}{{ a }}{{ b }}",
    "{% set a, b = [1] %}",
    "{% set a = 1, 2 %}{{ a }}",
    "{% set (a, b) = (1, 2) %}{{ b }}",
    "{% set true = 1 %}",
    "{% set x %}hello {{ s }}{% endset %}{{ x | length }}{{ x }}",
    "{% set x | upper | replace('L', 'x') %}hello{% endset %}{{ x }}",
    "{% set x %}{{ x }}{% set y = 2 %}{{ y }}{% endset %}{{ x }}{{ y }}",
    "{% if n == 7 %}a{% elif n == 8 %}b{% else %}c{% endif %}",
    "{% if n == 8 %}a{% elif n == 7 %}b{% elif n %}q{% else %}c{% endif %}",
    "{% if no %}a{% elif nosuch %}b{% else %}c{% endif %}",
    "{% if nosuch %}{% set x = 1 %}{% endif %}{{ x is defined }}",
    "{% if yes %}{% set x = 1 %}{% else %}{% set z = 1 %}{% endif %}{{ x }}{{ z is defined }}",
    "{% if no %}{% set n = 1 %}{% endif %}{{ n }}",
    "{% for i in [1] %}{{ n }}{% endfor %}{% set n = 2 %}{{ n }}",
    "{% for i in [1] %}{{ n }}{% set n = 3 %}{{ n }}{% endfor %}{{ n }}",
    "{% for i in [1, 2] %}{{ q is defined }}{% set q = i %}{% endfor %}",
    "{% for i in [1, 2] %}{% if i == 2 %}{{ q is defined }}{% endif %}{% set q = i %}{{ q }}{% endfor %}",
    "{% for i in [1, 2] %}{% if i == 1 %}{% set n = i %}{% endif %}{{ n }}{% endfor %}",
    "{% macro m() %}{{ n }}{% endmacro %}{% set n = 9 %}{{ m() }}",
    "{% macro m() %}{{ later }}{% endmacro %}{{ m() }}{% set later = 9 %}{{ m() }}",
    "{% macro m() %}{{ n }}{% endmacro %}{{ m() }}",
    "{% macro m(a, b=2, c=b) %}{{ a }}{{ b }}{{ c }}{% endmacro %}{{ m(1) }}|{{ m(1, 3) }}|{{ m(c=5, a=4) }}|{{ m() }}",
    "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, 2) }}",
    "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(b=2) }}",
    "{% macro m(a) %}{{ a is defined }}{% endmacro %}{{ m() }}",
    "{% macro m(a=1, b) %}{% endmacro %}",
    "{% macro m(a) %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, 3, x=4) }}",
    "{% macro m() %}{{ kwargs['x'] }}{% endmacro %}{{ m(x=4) }}",
    "{{ m() }}{% macro m() %}{% endmacro %}",
    "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}B{% endmacro %}{{ a() }}",
    "{% macro f(k) %}{% if k > 0 %}{{ k }}{{ f(k - 1) }}{% endif %}{% endmacro %}{{ f(4) }}",
    "{% macro m() %} x {% endmacro %}[{{ m() | trim }}]{{ m }}{{ m.name }}",
    "{% macro m() %}{% set ns.c = ns.c + 1 %}{% endmacro %}{% set ns = namespace(c=0) %}{{ m() }}{{ m() }}{{ ns.c }}",
    "{% macro m(c) -%}\n  {%- if c is string -%}{{ c }}{%- else -%}{%- for i in c -%}{{ i.text }}{%- endfor -%}{%- endif -%}\n{%- endmacro -%}\n{{ m('a') }}{{ m([{'text': 'b'}]) }}",
    "{% macro m() %}<{{ caller() }}>{% endmacro %}{% call m() %}in{% endcall %}",
    "{% macro m() %}<{{ caller(1, b=2) }}>{% endmacro %}{% call(a, b) m() %}{{ a }}{{ b }}{{ n }}{% endcall %}",
    "{% macro m() %}{{ caller is defined }}{% endmacro %}{{ m() }}{% call m() %}{% endcall %}",
    "{% macro m() %}x{% endmacro %}{% call m() %}y{% endcall %}",
    "{% call s %}{% endcall %}",
    "{% filter upper %}hello {{ s }}{% endfilter %}",
    "{% filter replace('a', 'b') | upper %}aaa{% set q = 1 %}{% endfilter %}{{ q }}",
    "{% with x = 1, y = 2 %}{{ x }}{{ y }}{% set z = 3 %}{% endwith %}{{ x }}{{ z }}",
    "{% with x = n, n = 1 %}{{ x }}{{ n }}{% endwith %}{{ n }}",
    "{% with %}{% set x = 2 %}{{ x }}{% endwith %}{{ x }}",
    "{% print 1, 'a', s %}",
    "{% generation %}{{ s }}{% set q = 1 %}{% endgeneration %}{{ q is defined }}",
    "{% for m in messages %}{% if m.role == 'assistant' %}{% generation %}{{ m.content }}{% endgeneration %}{% endif %}{% endfor %}",
    "{% for x in nums %}{% generation %}{{ x }}{{ loop.index }}{% endgeneration %}{% endfor %}",
    "{% for x in nums %}{% generation %}{% break %}{% endgeneration %}{% endfor %}",
    "{% if yes: %}x{% endif %}",
    "{% if not no %}{{ 'x' if not no }}{% endif %}",
    "{% if d.items is defined %}{{ 1 }}{% endif %}",
    "{% set x = {'a': {'b': [1, 2]}} %}{{ x.a.b[1] }}{{ x['a']['b'] | join }}",
    "{% set x = [] %}{% set x = x + [1] %}{% for i in nums %}{% set x = x + [i] %}{% endfor %}{{ x }}",
    "{% set x = messages | selectattr('role', 'equalto', 'user') %}{% for m in x %}{{ m.role }}{% endfor %}{% for m in x %}again{% endfor %}",
    "{% set g = nums | map('string') %}{{ g | list }}{{ g | list }}",
    "{{ (nums | map('string')) | length }}",
    "{% for x in [1, 2, 3] %}{{ x }}{{ ', ' if not loop.last }}{% endfor %}",
    "{{- 'a' -}}  {{- 'b' }}  {{ 'c' -}}  ",
    "{{ 'a' }}\n{{ 'b' }}\n",
    "{{ '{{' }}{{ '%}' }}{{ \"}}\" }}",
    "{{ {'a': {'b': 1}}['a'] }}",
    "{{ {'a': {}}}}",
    "{%if yes%}x{%endif%}",
    "{%- if yes -%}\n x \n{%- endif %}\n\ny",
    "{%   if   yes   %}x{%   endif   %}",
    "{%\nif yes\n%}x{% endif %}",
    "line {{ nosuch.a.b }}",
    "{{ raise_exception('Only user and assistant roles are supported!') }}",
    "{% if messages[0].role != 'user' %}{{ raise_exception('no') }}{% endif %}",
    "{% for m in messages %}{% if (m.role == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('alternate') }}{% endif %}{% endfor %}",
    "{% for m in messages %}<|{{ m['role'] }}|>\n{% if m['content'] is string %}{{ m['content'] | trim }}{% else %}{% for c in m['content'] %}{% if c['type'] == 'image' %}<image>{% elif 'text' in c %}{{ c.text }}{% endif %}{% endfor %}{% endif %}<|end|>\n{% endfor %}",
    "{% for m in messages[::-1] %}{{ m.role }}{% endfor %}",
    "{%- for m in messages %}{%- if loop.last or (not loop.last and messages[loop.index0 + 1].role != 'tool') %}{{- m.role }}{%- endif %}{%- endfor %}",
    "{% if m is defined and m %}x{% else %}y{% endif %}",
    "{% set content = messages[2].content.split('</think>')[-1].lstrip('\\n') %}{{ content }}",
    "{% include 'x' %}",
    "{% extends 'x' %}",
    "{% import 'x' as y %}",
    "{% block a %}x{% endblock %}",
    "{% autoescape true %}{{ '<' }}{% endautoescape %}",
    "{% do nums.append(1) %}",
    "{{ nums | groupby('x') }}",
    "{{ 'x' | urlencode }}",
    "{% set x = namespace(a=1) %}{{ x }}",
    "{% if x %}{{ 'a' | nosuchfilter }}{% endif %}",
    "{% macro m() %}{{ kwargs }}{% endmacro %}{% call m(y=1) %}{% endcall %}{% call m(**{'z': 2}) %}{% endcall %}",
    "{% macro m() %}{{ kwargs }}{% endmacro %}{% call m(**{'caller': 2}) %}{% endcall %}",
    "{% macro m() %}{{ caller }}{% endmacro %}{% call m() %}{% endcall %}{{ m }}",
    "{% filter length %}abc{% endfilter %}",
    "{% filter length | string %}abc{% endfilter %}",
    "{% call namespace() %}{% endcall %}",
    "{% call dict() %}{% endcall %}",
    "{% set x | replace('a', n) %}a{% endset %}{{ x }}",
    "{% set x | replace('a', n) %}a{{ n }}{% endset %}{{ x }}",
    "{{ n }}{% set x | replace('a', n) %}a{% endset %}{{ x }}",
    "{% set x | default(n) %}{% endset %}{% set n = 1 %}{{ x }}",
    "{% set x | default(n, true) %}{% endset %}[{{ x }}]{% set n = 1 %}",
    "{% for x in empty %}{% else %}{% set loop = 1 %}{% endfor %}",
    "{% for x in nums %}{% macro m() %}{% set loop = 1 %}{% endmacro %}{% endfor %}",
    "{% set loop = 1 %}{{ loop }}{% for x in nums %}{{ loop }}{% endfor %}{{ loop }}",
    "{% macro m(caller) %}{{ caller() }}{% endmacro %}x",
    "{% macro m(caller) %}{{ caller }}{% endmacro %}x",
    "{% macro m(caller) %}x{% endmacro %}{{ m(1) }}{% call m() %}{% endcall %}",
    "{% macro m(caller=none) %}{{ caller() if caller else 'none' }}{% endmacro %}{{ m() }}{% call m() %}body{% endcall %}",
]


def outcome(template, context):
    try:
        return {"output": _compile_jinja_template(template).render(**context)}
    except Exception as error:  # every failure of the reference is an expected failure here
        return {"error": type(error).__name__}


def stable(result):
    return " at 0x" not in result.get("output", "")


def own_cases():
    templates = ["{{ " + expression + " }}" for expression in EXPRESSIONS] + TEMPLATES
    for template in templates:
        result = outcome(template, CONTEXT)
        if not stable(result):
            result = {"error": "unstable"}
        yield {"template": template, **result}


def text(value):
    return {"type": "text", "text": value}


IMAGE = {"type": "image"}
TOOLS = [{"type": "function", "function": {"name": "get_weather", "description": "Wéather & <b>\"q\"</b>",
          "parameters": {"type": "object", "properties": {"city": {"type": "string"}, "n": {"type": "number"}},
                         "required": ["city"]}}}]
HOSTILE = "a {{ 7*7 }} {% for x in y %} {% raw %} <|im_end|> <image> </s> <|image_pad|> <start_of_image> {# c #}"


def chats():
    def user(content):
        return {"role": "user", "content": content}

    def assistant(content):
        return {"role": "assistant", "content": content}

    system = {"role": "system", "content": "You are brief."}
    yield "string", {"messages": [user("Hello")]}
    yield "parts", {"messages": [user([text("Hello")])]}
    yield "image first", {"messages": [user([IMAGE, text("What is this?")])]}
    yield "image last", {"messages": [user([text("What is this?"), IMAGE])]}
    yield "two images", {"messages": [user([IMAGE, text("and"), IMAGE, text("compare")])]}
    yield "image url", {"messages": [user([{"type": "image_url", "image_url": "x"}, text("?")])]}
    yield "video", {"messages": [user([{"type": "video"}, text("?")])]}
    yield "system string", {"messages": [system, user("Hi")]}
    yield "system parts", {"messages": [{"role": "system", "content": [text("Sys")]}, user([text("Hi")])]}
    yield "turns", {"messages": [user("1"), assistant("2"), user("3"), assistant("4"), user("5")]}
    yield "turns parts", {"messages": [user([IMAGE, text("1")]), assistant([text("2")]), user([text("3"), IMAGE])]}
    yield "prefill", {"messages": [user([text("Hi")]), assistant([text("Sure, ")])]}
    yield "unicode", {"messages": [user([text("naïve ☕ 日本語 😀 ‮ \u2028")]), assistant([text("e\u0301")])]}
    yield "newlines", {"messages": [user([text("  a\r\nb\rc\n\n ")])]}
    yield "newlines string", {"messages": [user("  a\r\nb\rc\n\n ")]}
    yield "hostile", {"messages": [user([IMAGE, text(HOSTILE)])]}
    yield "hostile string", {"messages": [user(HOSTILE)]}
    yield "tools", {"messages": [user("Weather?")], "tools": TOOLS}
    yield "tools system", {"messages": [system, user("Weather?")], "tools": TOOLS}
    yield "tool calls", {"tools": TOOLS, "messages": [
        user("Weather?"),
        {"role": "assistant", "content": "", "tool_calls": [
            {"type": "function", "function": {"name": "get_weather", "arguments": {"city": "Zürich", "n": 1.5}}},
            {"type": "function", "function": {"name": "get_weather", "arguments": "{\"city\": 1}"}}]},
        {"role": "tool", "content": "sunny"}, {"role": "tool", "content": [IMAGE, text("rain")]}, assistant("ok")]}
    yield "wrong alternation", {"messages": [user("1"), user("2")]}
    yield "unknown role", {"messages": [{"role": "critic", "content": "x"}]}
    yield "number content", {"messages": [user(5)]}
    yield "no messages", {"messages": []}


def variants():
    for name, chat in chats():
        for prompt in (False, True):
            yield name + (", prompt" if prompt else ""), {**chat, "add_generation_prompt": prompt}
    for name, chat in chats():
        if name in ("two images", "turns parts", "video"):
            yield name + ", vision ids", {**chat, "add_generation_prompt": True, "add_vision_id": True}


def real_templates(folder):
    for path in sorted(glob.glob(os.path.join(folder, "*", "*"))):
        source = read_template(path)
        if source is not None:
            yield os.path.relpath(path, folder).replace(os.sep, "/"), source


def read_template(path):
    if path.endswith(".jinja"):
        with open(path, encoding="utf-8", newline="") as file:
            return file.read()
    if os.path.basename(path) in ("chat_template.json", "tokenizer_config.json"):
        with open(path, encoding="utf-8") as file:
            template = json.load(file).get("chat_template")
        return template if isinstance(template, str) else None
    return None


def digest(result):
    if "error" in result:
        return result
    encoded = result["output"].encode("utf-8")
    return {"sha256": hashlib.sha256(encoded).hexdigest(), "bytes": len(encoded)}


def real_cases(folder):
    fixed = {"tools": None, "documents": None, "bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>"}
    chat_list = [{"name": name, "context": {**fixed, **context}} for name, context in variants()]
    renders = {
        path: [digest(outcome(source, chat["context"])) for chat in chat_list]
        for path, source in real_templates(folder)
    }
    return {"chats": chat_list, "renders": renders}


def write(path, value):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=True, indent=1)
        file.write("\n")


def main():
    folder = sys.argv[1]
    write(os.path.join(folder, "goldens.json"), {"context": CONTEXT, "cases": list(own_cases())})
    if len(sys.argv) > 2:
        write(os.path.join(folder, "real-templates.json"), real_cases(sys.argv[2]))


if __name__ == "__main__":
    main()
