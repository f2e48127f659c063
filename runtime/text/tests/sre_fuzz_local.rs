use pyjit_text::repr::*;
use pyjit_text::sre::*;
fn show(a: usize, b: usize, m: &Machine, groups: usize) -> String {
    let mut v = vec![format!("{a}:{b}")];
    for i in 0..groups {
        v.push(match m.group(i) {
            Some((x, y)) => format!("{x}:{y}"),
            None => "-1:-1".into(),
        });
    }
    v.join(",")
}
#[test]
fn fuzz() {
    let data = std::fs::read_to_string("/tmp/sre_cases.txt").unwrap();
    let mut bad = 0;
    let mut n = 0;
    for l in data.lines() {
        let f: Vec<&str> = l.split('\t').collect();
        if f.len() < 8 {
            continue;
        }
        n += 1;
        let code: Vec<u32> = f[1].split(' ').map(|x| x.parse().unwrap()).collect();
        let groups: usize = f[2].parse().unwrap();
        let s: Vec<u32> = f[3]
            .split(' ')
            .filter(|x| !x.is_empty())
            .map(|x| x.parse().unwrap())
            .collect();
        let t = TextBuf::from_codes(&s);
        let Some(p) = compile(&code, groups) else {
            println!("INVALID {} {:?}", f[0], code);
            bad += 1;
            continue;
        };
        let mut m = Machine::new(&p);
        let mut tick = || false;
        let inp = Input {
            text: t.as_text(),
            start: 0,
        };
        let mut got = vec![];
        for full in [false, true] {
            got.push(
                match match_here(
                    &p,
                    &mut m,
                    inp,
                    Mode {
                        full,
                        advance: false,
                    },
                    &mut tick,
                ) {
                    Ok(Some(e)) => format!("{};{}", show(0, e, &m, groups), m.last),
                    _ => "-".into(),
                },
            );
        }
        got.push(match search(&p, &mut m, inp, Mode::default(), &mut tick) {
            Ok(Some((a, e))) => format!("{};{}", show(a, e, &m, groups), m.last),
            _ => "-".into(),
        });
        let mut all = vec![];
        let mut at = 0;
        let mut adv = false;
        while let Ok(Some((a, e))) = search(
            &p,
            &mut m,
            Input {
                text: t.as_text(),
                start: at,
            },
            Mode {
                full: false,
                advance: adv,
            },
            &mut tick,
        ) {
            all.push(show(a, e, &m, groups));
            adv = a == e;
            at = e;
        }
        got.push(if all.is_empty() {
            "-".into()
        } else {
            all.join("|")
        });
        for i in 0..4 {
            if got[i] != f[4 + i] {
                bad += 1;
                if bad < 40 {
                    println!(
                        "{} on {:?} [{}]: got {} want {}",
                        f[0],
                        s.iter()
                            .map(|c| char::from_u32(*c).unwrap())
                            .collect::<String>(),
                        i,
                        got[i],
                        f[4 + i]
                    );
                }
                break;
            }
        }
    }
    println!("{n} cases, {bad} bad");
}
