"""Round trip: any tree, written as text, parses to the equal tree."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from kaohe.scheme.formula import (
    FUNCTIONS,
    Arithmetic,
    Call,
    Compare,
    Logic,
    Member,
    Name,
    Negate,
    Node,
    Not,
    Number,
    Text,
    parse,
)

HERE = {"start": 0, "end": 0}
SPELLINGS = {"*": "×", "/": "÷", "<=": "≤", ">=": "≥", "==": "=", "!=": "≠"}
WORDS = st.sampled_from(
    ["甲", "半年考核得分", "且末县", "非遗", "x1", "第1名", "或", "平均"]
).filter(lambda word: word not in ("或", *FUNCTIONS))


def written(node: Node) -> str:
    match node:
        case Number(value=value):
            millionths = int(value * 10**6)
            assert Fraction(millionths, 10**6) == value
            return f"{millionths // 10**6}.{millionths % 10**6:06}"
        case Text(value=value):
            return f"“{value}”"
        case Name(name=name):
            return name
        case Member(kind=kind, name=name):
            return f"{kind}.{name}"
        case Negate(operand=operand):
            return f"-（{written(operand)}）"
        case Not(operand=operand):
            return f"非（{written(operand)}）"
        case Arithmetic(op=op, left=left, right=right) | Compare(op=op, left=left, right=right):
            return f"({written(left)}) {SPELLINGS.get(op, op)} ({written(right)})"
        case Logic(op=op, operands=operands):
            return f" {op} ".join(f"（{written(operand)}）" for operand in operands)
        case Call(function=function, arguments=arguments):
            return f"{function}（{'，'.join(map(written, arguments))}）"


def calls(below: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.one_of(
        *(
            st.lists(below, min_size=function.least, max_size=function.most or 3).map(
                lambda arguments, name=function.name: Call(name, tuple(arguments), **HERE)
            )
            for function in FUNCTIONS.values()
            if function.name != "指标"
        )
    )


def branches(below: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    place = st.just(0)
    return st.one_of(
        st.builds(Negate, below, start=place, end=place),
        st.builds(Not, below, start=place, end=place),
        st.builds(Arithmetic, st.sampled_from("+-*/"), below, below, start=place, end=place),
        st.builds(
            Compare,
            st.sampled_from(["<", "<=", ">", ">=", "==", "!="]),
            below,
            below,
            start=place,
            end=place,
        ),
        st.builds(
            Logic,
            st.sampled_from("且或"),
            st.lists(below, min_size=2, max_size=3).map(tuple),
            start=place,
            end=place,
        ),
        calls(below),
    )


LEAVES: st.SearchStrategy[Node] = st.one_of(
    st.integers(0, 10**15 - 1).map(lambda n: Number(Fraction(n, 10**6), **HERE)),
    st.text(st.sampled_from("优秀称职 ，。＝1.")).map(lambda text: Text(text, **HERE)),
    WORDS.map(lambda word: Name(word, **HERE)),
    st.tuples(WORDS, WORDS).map(lambda pair: Member(*pair, **HERE)),
    st.sampled_from(["1", "2.1", "6.2"]).map(
        lambda code: Call("指标", (Text(code, **HERE),), **HERE)
    ),
)


@settings(max_examples=300)
@given(st.recursive(LEAVES, branches, max_leaves=15))
def test_a_tree_written_out_reads_back_equal(tree: Node) -> None:
    assert parse(written(tree)) == tree
