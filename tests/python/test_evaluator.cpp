// Expressions and statements to values; what cannot be told stays unknown.
#include "support/catch.h"
#include "whimbrel/python/evaluator.h"

using namespace whimbrel;

namespace {

/// Knows one function, record(x), whose arguments it keeps with whether they surely happen.
class Recording final : public python::Host {
 public:
  std::optional<python::Value> call(const python::Call& call, Span) override {
    if (call.path() == "record" && !call.args.empty()) {
      seen += python::to_text(call.args[0]).value_or("<" + python::describe(call.args[0]) + ">") + (evaluator->runs() == Tri::yes ? " " : "? ");
    }
    return std::nullopt;
  }
  std::optional<python::Value> name(std::string_view, Span) override { return std::nullopt; }
  python::Value enter(const python::Value& context, Span) override { return context; }
  void leave(const python::Value&) override {}
  void unknown(Span, std::string reason) override { seen += "!" + reason + " "; }

  const python::Evaluator* evaluator = nullptr;
  std::string seen;
};

/// What the module records.
std::string run(const std::string& source, python::Limits limits = {}) {
  const python::Tree tree(source, FileId{});
  Recording host;
  python::Evaluator evaluator(tree, host, limits);
  host.evaluator = &evaluator;
  evaluator.run_module();
  return host.seen.empty() ? host.seen : host.seen.substr(0, host.seen.size() - 1);
}

std::string value(const std::string& expression) { return run("record(" + expression + ")"); }

}  // namespace

TEST_CASE("constants and operators", "[python]") {
  CHECK(value("1 + 2 * 3") == "7");
  CHECK(value("-7 // 2") == "-4");
  CHECK(value("-7 % 3") == "2");
  CHECK(value("0x1F + 1_000") == "1031");
  CHECK(value("2 ** 10") == "1024");
  CHECK(value("1.5 * 2") == "3.0");
  CHECK(value("'a' + 'b' * 3") == "abbb");
  CHECK(value("[1, *[2, 3]] + [4]") == "[1, 2, 3, 4]");
  CHECK(value("('a',)") == "('a',)");
  CHECK(value("{'a': 1}['a']") == "1");
  CHECK(value("[1, 2, 3][-1]") == "3");
  CHECK(value("'abcdef'[1:-1]") == "bcde");
  CHECK(value("1 if 2 > 1 else 3") == "1");
  CHECK(value("'a' in ['a'] and not None") == "True");
  CHECK(value("1 < 2 < 3") == "True");
  CHECK(value("9223372036854775807 + 1") == "<an expression with +>");
}

TEST_CASE("strings are put together", "[python]") {
  CHECK(run("t = 'users'\nrecord(f'ix_{t}_{1 + 1}')") == "ix_users_2");
  CHECK(value("'%s and %d %%' % ('a', 2)") == "a and 2 %");
  CHECK(value("'%(x)s' % {'x': 'y'}") == "y");
  CHECK(value("'{} {0} {b} {{}}'.format(1, b=2)") == "1 1 2 {}");
  CHECK(value("', '.join(str(i) for i in range(3))") == "0, 1, 2");
  CHECK(run("import json\nrecord(json.dumps({'a': [1, 2.5, None, True], 'b': {}, 3: 'x\"\\né'}))") == "{\"a\": [1, 2.5, null, true], \"b\": {}, \"3\": \"x\\\"\\n\\u00e9\"}");
  CHECK(run("import textwrap as t\nrecord(t.dedent('''\n    a\n      b\n'''))") == "\na\n  b\n");
  CHECK(value("' A-b '.strip().lower().replace('-', '_')") == "a_b");
  CHECK(value("f'{x!r}' f'{1}'") == "<a string with parts that cannot be told>");
}

TEST_CASE("loops, comprehensions and unpacking", "[python]") {
  CHECK(run("for a, b in [(1, 2), (3, 4)]:\n    record(a + b)") == "3 7");
  CHECK(run("for k, v in {'x': 1}.items():\n    record(k)") == "x");
  CHECK(run("i = 0\nwhile i < 3:\n    i += 1\n    if i == 2:\n        continue\n    record(i)") == "1 3");
  CHECK(run("record([x * 2 for x in range(4) if x % 2])") == "[2, 6]");
  CHECK(run("a, *b = [1, 2, 3]\nrecord(b)") == "[2, 3]");
  CHECK(run("xs = []\nfor i in range(2):\n    xs.append(i)\nrecord(xs)") == "[0, 1]");
  CHECK(run("for i, t in enumerate(sorted(['b', 'a'])):\n    record(t)") == "a b");
}

TEST_CASE("functions", "[python]") {
  CHECK(run("def f(a, b=2, *c, d=4, **e):\n    return [a, b, c, d, len(e)]\nrecord(f(1, x=1))\nrecord(f(1, 5, 6, 7, d=8))") ==
        "[1, 2, (), 4, 1] [1, 5, (6, 7), 8, 0]");
  CHECK(run("def f(x):\n    if x:\n        return 'yes'\n    return 'no'\nrecord(f(1))\nrecord(f(0))") == "yes no");
  CHECK(run("def f():\n    def g():\n        nonlocal n\n        n += 1\n    n = 0\n    g()\n    return n\nrecord(f())") == "1");
  CHECK(run("double = lambda x: x * 2\nrecord(double(4))") == "8");
  CHECK(run("import functools\ndef f(a, b):\n    return a + b\nrecord(functools.partial(f, 1)(b=2))") == "3");
}

TEST_CASE("enums and classes", "[python]") {
  const std::string status = "import enum\nclass S(str, enum.Enum):\n    A = 'a'\n    B = 'b'\n";
  CHECK(run(status + "record([e.value for e in S])") == "['a', 'b']");
  CHECK(run(status + "record(S.A.name + S.B.value + S['A'].value)") == "Aba");
  CHECK(run("class C:\n    x = 1\n    y = x + 1\nrecord(C.y)") == "2");
}

TEST_CASE("what cannot be told goes both ways", "[python]") {
  CHECK(run("if f():\n    record(1)\nelse:\n    record(2)\nrecord(3)") == "1? 2? 3");
  CHECK(run("if f():\n    x = 1\nelse:\n    x = 2\nrecord(x)") == "<it depends on a test that cannot be told>");
  CHECK(run("if f():\n    x = 1\nelse:\n    x = 1\nrecord(x)") == "1");
  CHECK(run("def g():\n    if f():\n        return\n    record(1)\ng()") == "1");
  CHECK(run("for row in f():\n    record(1)\nrecord(2)") == "1? 2");
  CHECK(run("try:\n    record(1)\nexcept E:\n    record(2)\nfinally:\n    record(3)") == "1 2? 3");
  CHECK(run("if f() and False:\n    record(1)\nrecord(2)") == "2");
  CHECK(run("xs = []\nif f():\n    xs.append(1)\nfor x in xs:\n    record(x)") == "<it depends on a test that cannot be told>?");
}

TEST_CASE("work is bounded and the bound is said", "[python]") {
  CHECK(run("while True:\n    pass\nrecord(1)") == "!a loop runs too often");
  // Batches until no row is left: the body runs once, and what comes behind is followed.
  CHECK(run("n = 0\nwhile True:\n    record(n)\n    n += 500\n    if f() <= 0:\n        break\nrecord(2)\nrecord(n)") == "0 2 <it is computed in a loop>");
  CHECK(run("def g():\n    while True:\n        record(1)\n        if f():\n            return\ng()\nrecord(2)") == "1 2");
  CHECK(run("n = 0\nwhile True:\n    n += 1\n    for x in f():\n        if x:\n            break\n    if n > 2:\n        break\nrecord(n)") == "3");
  CHECK(run("def g():\n    if f():\n        return\nn = 0\nwhile True:\n    g()\n    n += 1\n    if n > 2:\n        break\nrecord(n)") == "3");
  CHECK(run("def f():\n    f()\nf()\nrecord(1)") == "!functions call each other too deeply 1");
  CHECK(value("f(" + std::string(500, '(') + "1" + std::string(500, ')') + ")") == "<a call of f>");
  CHECK(run("x = 'a'\nfor i in range(64):\n    x = x + x\nrecord(x)") == "<a text is too long>");
}
TEST_CASE("methods of classes and instances", "[python]") {
  const std::string box =
      "class Box:\n    unit = 'cm'\n    def __init__(self, n, *more):\n        self.n = n\n        self.all = [n, *more]\n"
      "    def size(self, factor=1):\n        return f'{self.n * factor}{self.unit}'\n    def grow(self, by):\n        self.n += by\n        self.all.append(self.n)\n        return self\n"
      "    @property\n    def label(self):\n        return 'box ' + self.size()\n    @classmethod\n    def two(cls):\n        return cls(2)\n    @staticmethod\n    def plus(a, b):\n        return a + b\n"
      "class Big(Box):\n    unit = 'm'\n    def __init__(self):\n        super().__init__(10, 11)\n    def size(self, factor=1):\n        return 'big ' + super().size(factor)\n";
  CHECK(run(box + "record(Box(3).size())") == "3cm");
  CHECK(run(box + "record(Box(3).grow(4).size(factor=2))") == "14cm");
  CHECK(run(box + "b = Box(1)\nb.grow(1)\nb.grow(2)\nrecord(b.all)\nrecord(b.n)") == "[1, 2, 4] 4");
  CHECK(run(box + "record(Box(3).label)") == "box 3cm");
  CHECK(run(box + "record(Box.two().n)\nrecord(Big.plus(1, 2))\nrecord(Box(1).plus(3, 4))") == "2 3 7");
  CHECK(run(box + "record(Big().size(2))\nrecord(Big().all)\nrecord(Big.unit)") == "big 20m [10, 11] m");
  CHECK(run(box + "record(Box.size(Box(5)))") == "5cm");
  CHECK(run(box + "b = Box(1)\nif x():\n    b.grow(1)\nrecord(b.n)\nrecord(b.unit)") == "<it depends on a test that cannot be told> cm");
  CHECK(run(box + "if x():\n    b = Box(1)\n    b.grow(1)\n    record(b.n)") == "2?");
  CHECK(run(box + "b = Box(1)\nfor i in x():\n    b.all.append(i)\nrecord(b.all)") == "<a sequence>");
  CHECK(run("class A:\n    def f(self):\n        return self.g()\n    def g(self):\n        return self.f()\nrecord(A().f())") == "!functions call each other too deeply <functions call each other too deeply>");
  CHECK(run("class A:\n    def __init__(self):\n        self.me = self\nrecord(A().me.me.me.x)") == "<the attribute x>");
}

TEST_CASE("records and enums made of their values", "[python]") {
  CHECK(run("@dataclass\nclass P:\n    x: int\n    y: int = 2\n    def sum(self):\n        return self.x + self.y\nrecord(P(1).sum())\nrecord(P(y=5, x=1).sum())") == "3 6");
  CHECK(run("@dataclass\nclass P:\n    x: int\n@dataclass\nclass Q(P):\n    y: int\nrecord(Q(1, 2).y)\nrecord(Q(1).y)") == "2 <a field that is not given>");
  CHECK(run("import typing\nclass P(typing.NamedTuple):\n    x: str = 'a'\nrecord(P().x)\nrecord(P('b').x)") == "a b");
  CHECK(run("import enum\nclass E(enum.Enum):\n    A = 'a'\nrecord(E('a').name)") == "A");
}

TEST_CASE("sets, and functions that pick", "[python]") {
  CHECK(value("sorted({'a', 'b', 'c'} - {'b'})") == "['a', 'c']");
  CHECK(value("sorted({1, 2} | {2, 3})") == "[1, 2, 3]");
  CHECK(value("{1, 2} & set([2, 2])") == "{2}");
  CHECK(value("len({x % 2 for x in range(5)})") == "2");
  CHECK(value("{1}.issubset([1, 2]) and not {3}.issubset([1])") == "True");
  CHECK(value("next((x for x in [1, 2, 3] if x > 1), None)") == "2");
  CHECK(value("next((x for x in [1] if x > 1), None)") == "None");
  CHECK(value("list(map(lambda x: x * 2, [1, 2]))") == "[2, 4]");
  CHECK(value("list(filter(lambda x: x != 2, [1, 2, 3]))") == "[1, 3]");
  CHECK(value("list(filter(None, [0, 1]))") == "[1]");
  CHECK(value("isinstance('a', (int, str)) and not isinstance([], dict)") == "True");
  CHECK(value("{'a': x()} is not None and [] is not None") == "True");
  CHECK(value("x() is None") == "<an expression with is>");
  CHECK(value("isinstance(thing, str)") == "<a call of isinstance>");
}
