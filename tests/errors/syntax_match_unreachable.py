# uncaught: an irrefutable case that is not the last
match 5:
    case x:
        pass
    case 5:
        pass
