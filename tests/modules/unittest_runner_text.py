# unittest: text of a run, loader and suites
import unittest, io, re
class T(unittest.TestCase):
    def setUp(self): self.addCleanup(log.append, "cleanup")
    def test_a(self): log.append("a")
    def test_b(self):
        with self.assertLogs("x", "INFO") as cm:
            import logging; logging.getLogger("x").info("msg")
        self.assertEqual(cm.output, ["INFO:x:msg"])
    def test_c(self):
        with self.assertWarns(UserWarning):
            import warnings; warnings.warn("w")
    def test_d(self): self.skipTest("dynamic")
log = []
s = unittest.TestSuite(); s.addTest(T("test_a")); s.addTests([T("test_b"), T("test_d")]); print(s.countTestCases())
o = io.StringIO(); r = unittest.TextTestRunner(o, verbosity=2).run(unittest.defaultTestLoader.loadTestsFromTestCase(T))
print(re.sub(r"in [\d.]+s", "in Xs", o.getvalue())); print(log, r.testsRun, unittest.defaultTestLoader.getTestCaseNames(T), T("test_a").id(), str(T("test_a")))
class Async(unittest.IsolatedAsyncioTestCase):
    async def test_x(self): self.assertEqual(1, 1); log.append("async")
r = unittest.TestResult(); unittest.defaultTestLoader.loadTestsFromTestCase(Async).run(r); print(r.wasSuccessful(), log[-1])
class D(unittest.TestCase):
    def test_diff(self): self.assertEqual([1, 2, 3], [1, 5, 3])
r = unittest.TestResult(); D("test_diff").run(r); print(r.failures[0][1].split("AssertionError: ")[1])
