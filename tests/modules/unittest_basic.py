# unittest: results of a run, assertions
import unittest, io
class T(unittest.TestCase):
    @classmethod
    def setUpClass(cls): print("setUpClass")
    def setUp(self): self.v = 1
    def tearDown(self): pass
    def test_ok(self):
        self.assertEqual(self.v, 1); self.assertIn(1, [1]); self.assertAlmostEqual(0.1 + 0.2, 0.3); self.assertIsNone(None); self.assertRaises(ZeroDivisionError, lambda: 1 / 0)
        with self.assertRaisesRegex(ValueError, "inval"): int("x")
    def test_fail(self): self.assertEqual([1, 2], [1, 3], "message")
    def test_error(self): {}["k"]
    @unittest.skip("not now")
    def test_skip(self): pass
    @unittest.expectedFailure
    def test_expected(self): self.fail()
    def test_sub(self):
        for i in range(3):
            with self.subTest(i=i): self.assertNotEqual(i, 1)
r = unittest.TestResult()
unittest.defaultTestLoader.loadTestsFromTestCase(T).run(r)
print(r.testsRun, len(r.failures), len(r.errors), [s for _, s in r.skipped], len(r.expectedFailures), r.wasSuccessful())
for t, tb in r.failures: print(t.id(), tb.strip().split("\n")[-1])
for f in (lambda t: t.assertEqual({"a": 1}, {"a": 2}), lambda t: t.assertTrue(0), lambda t: t.assertIn(5, [1]), lambda t: t.assertRaises(KeyError, int), lambda t: t.assertMultiLineEqual("a\nb\n", "a\nc\n"), lambda t: t.assertLess(2, 1), lambda t: t.assertCountEqual([1], [2]), lambda t: t.assertRegex("a", "b"), lambda t: t.assertIsInstance(1, str)):
    try: f(T("test_ok"))
    except (AssertionError, TypeError) as e: print(type(e).__name__, e)
