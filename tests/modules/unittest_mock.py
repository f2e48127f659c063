# unittest.mock
from unittest.mock import Mock, MagicMock, patch, call, ANY, sentinel, create_autospec
m = Mock(return_value=5); print(m(1, x=2), m.called, m.call_count, m.call_args, m.call_args_list == [call(1, x=2)])
m.method.side_effect = [1, ValueError("e")]; print(m.method())
try: m.method()
except ValueError as e: print(e)
m.assert_called_once_with(1, x=ANY)
try: m.assert_called_with(2)
except AssertionError as e: print(str(e).split("\n")[0])
mm = MagicMock(); mm.__len__.return_value = 7; mm.__getitem__.return_value = "item"; print(len(mm), mm["k"], list(mm), int(mm), bool(mm))
import os
with patch("os.getcwd", return_value="/fake"): print(os.getcwd())
with patch.dict(os.environ, {"PYJIT_MOCK": "1"}): print(os.environ["PYJIT_MOCK"])
class C:
    def f(self, a): return a
with patch.object(C, "f", lambda self, a: a * 2): print(C().f(4))
s = create_autospec(C); print(sentinel.thing, Mock(spec=["a"]).a is not None)
try: Mock(spec=["a"]).b
except AttributeError as e: print(e)
