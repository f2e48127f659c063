"""A small operating system: tasks with priorities, messages between them, a device that answers late. Classes, method calls
and queues, in the manner of the Richards benchmark."""

import heapq
from collections import deque


class Task:
    """Something that runs when a message has arrived for it."""

    def __init__(self, system, name, priority):
        self.system = system
        self.name = name
        self.priority = priority
        self.inbox = deque()
        self.runs = 0
        system.tasks[name] = self

    def receive(self, message):
        self.inbox.append(message)
        self.system.make_ready(self)

    def step(self):
        self.runs += 1
        self.handle(self.inbox.popleft())

    def handle(self, message):
        raise NotImplementedError(self.name)


class Worker(Task):
    """Turns a number into the next one of its Collatz sequence and hands it on."""

    def handle(self, message):
        number, length = message
        if number == 1:
            self.system.send("sink", length)
        elif number % 2:
            self.system.send("device", (3 * number + 1, length + 1))
        else:
            self.system.send(self.name, (number // 2, length + 1))


class Device(Task):
    """Answers after three ticks of the clock."""

    def handle(self, message):
        worker = "even" if message[0] % 4 == 0 else "odd"
        self.system.later(3, worker, message)


class Sink(Task):
    def __init__(self, system, name, priority):
        super().__init__(system, name, priority)
        self.longest = 0
        self.total = 0

    def handle(self, length):
        self.longest = max(self.longest, length)
        self.total += length


class System:
    def __init__(self):
        self.tasks = {}
        self.ready = []
        self.timers = []
        self.clock = 0
        self.order = 0

    def make_ready(self, task):
        self.order += 1
        heapq.heappush(self.ready, (-task.priority, self.order, task))

    def send(self, name, message):
        self.tasks[name].receive(message)

    def later(self, ticks, name, message):
        self.order += 1
        heapq.heappush(self.timers, (self.clock + ticks, self.order, name, message))

    def run(self):
        while self.ready or self.timers:
            self.clock += 1
            while self.timers and self.timers[0][0] <= self.clock:
                _, _, name, message = heapq.heappop(self.timers)
                self.send(name, message)
            if self.ready:
                heapq.heappop(self.ready)[2].step()


def main():
    system = System()
    Worker(system, "even", 1)
    Worker(system, "odd", 2)
    Device(system, "device", 3)
    sink = Sink(system, "sink", 0)
    for number in range(1, 200):
        system.send("odd" if number % 2 else "even", (number, 0))
    system.run()
    print("clock", system.clock)
    for name, task in sorted(system.tasks.items()):
        print(f"{name:<8}{task.runs:>7} runs")
    print("longest", sink.longest, "total", sink.total)


if __name__ == "__main__":
    main()
