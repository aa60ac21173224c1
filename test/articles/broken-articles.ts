import { smallWording } from './small-article.ts';

/** What is wrong, what was changed, where the problem is reported and what it says. */
type Broken = readonly [rule: string, from: string, to: string, at: string, message: RegExp];

export const brokenShapes: readonly Broken[] = [
  ['a file that is not YAML', 'sections: [A, B, R]', 'sections: [A, B, R', 'groups:', /flow sequence|Flow/],
  ['an id given twice', '  ask:\n', '  look:\n', '  look:\n    kind: question', /unique/],
  ['an unknown key', 'impact: harmless', 'impact: harmless\n    impactt: x', 'impactt', /impactt/],
  ['a missing key', '    impact: harmless\n', '', '  look:', /impact/],
  ['an unknown kind', 'kind: end', 'kind: stop', 'kind: stop', /kind/],
  ['an unknown finding', '[network]', '[wifi]', 'addresses: [wifi]', /addresses/],
  ['an unknown need', '[restart]', '[coffee]', 'needs: [coffee]', /needs/],
  [
    'a question without options',
    'options:\n      lone: { when: [none], to: end }\n      joined:\n        when: [hybrid]\n        to:\n          - { for: [new], to: rejoin }\n          - { to: end }\n',
    'options: {}\n',
    'options: {}',
    /needs an option/,
  ],
  [
    'a source that is no https address',
    'https://learn.microsoft.com/small#more',
    'http://learn.microsoft.com/x',
    'http://learn',
    /sources/,
  ],
  ['a code that is no code', "'0x8004de40'", "'de40'", 'codes:', /0x8004de40/],
  [
    'an edge for a system that does not exist',
    'for: [new]',
    'for: [windows-12]',
    'for: [windows-12]',
    /windows-12/,
  ],
  [
    'a group of systems that do not exist',
    '[windows-10, windows-11]',
    '[windows-10, beos]',
    'new: [',
    /beos/,
  ],
];

export const brokenGraphs: readonly Broken[] = [
  ['an edge to a node that does not exist', 'broken: ask', 'broken: asks', 'broken: asks', /no node "asks"/],
  [
    'an option that leads nowhere',
    'to: end }\n      joined',
    'to: nowhere }\n      joined',
    'lone: {',
    /nowhere/,
  ],
  ['a start that does not exist', 'start: look', 'start: luck', 'start: luck', /luck/],
  ['a start that is a way out', 'start: look', 'start: solved', 'start: solved', /starts at a node/],
  ['a system without an edge', '          - { to: end }\n', '', 'joined:', /no edge for server-2019/],
  [
    'a system with two edges',
    '- { to: end }\n',
    '- { for: [windows-10], to: end }\n          - { to: end }\n',
    'joined:',
    /more than one edge for windows-10/,
  ],
  [
    'two edges for all others',
    '- { to: end }\n',
    '- { to: end }\n          - { to: person }\n',
    'joined:',
    /more than one edge for other/,
  ],
  [
    'a node that no system reaches',
    '- { for: [new], to: rejoin }\n          - { to: end }',
    '- { to: end }',
    '  rejoin:',
    /reached by no system/,
  ],
  ['a circle', 'broken: end', 'broken: ask', 'broken: ask\n    cannot: person', /circle: ask > rejoin > ask/],
  [
    'a harmless step after a drastic one',
    'broken: end\n',
    'broken: late\n',
    'broken: late',
    /harmless step "late" comes after the drastic step "rejoin"/,
  ],
  ['a section that the article does not have', 'section: R', 'section: Q', 'section: Q', /neither a section/],
  [
    'a section that no node retells',
    'sections: [A, B, R]',
    'sections: [A, B, C, R]',
    'sections:',
    /section C is retold by no node/,
  ],
  [
    'a node that does not cite the article',
    '- article: https://learn.microsoft.com/small#look',
    '- today: https://learn.microsoft.com/small#look',
    'sources:\n      - today: https://learn.microsoft.com/small#look',
    /cites no source "article"/,
  ],
  [
    'a node beyond the article that cites nothing newer',
    '- today: https://learn.microsoft.com/newer\n    options',
    '- article: https://learn.microsoft.com/newer\n    options',
    'sources:\n      - article: https://learn.microsoft.com/newer',
    /cites no source "today"/,
  ],
  ['a command with typographic quotes', 'dsregcmd /leave', 'dsregcmd “/leave”', 'dsregcmd “', /“/],
  ['a command with a typographic dash', 'dsregcmd /leave', 'dsregcmd –leave', 'dsregcmd –', /–/],
  ['an id that is not the name of the file', 'id: small', 'id: smaller', 'id: smaller', /file's name/],
  ['a node whose id has another meaning', '  rejoin:', '  person:', '  person:', /meaning of its own/],
];

export const late = `  late:
    kind: step
    section: A
    impact: harmless
    addresses: []
    sources:
      - article: https://learn.microsoft.com/small#look
    broken: end
    cannot: end
`;

export const brokenWordings: readonly Broken[] = [
  [
    'a node without wording',
    smallWording.slice(smallWording.indexOf('end:'), smallWording.indexOf('sources:')),
    '',
    'look:',
    /"end" has no wording/,
  ],
  [
    'a step without a reason',
    '  why: Without it nothing goes.\n',
    '',
    'look:',
    /"look" has no wording "why"/,
  ],
  ['a step without anything to do', '    - Look at the cable.\n', '', '  do:', /not a list/],
  ['a section that is not retold', '  articleSays: Check the connection.\n', '', 'look:', /articleSays/],
  [
    'a newer source without words for it',
    '  today: Only for hybrid devices.\n',
    '',
    'rejoin:',
    /"rejoin" has no wording "today"/,
  ],
  [
    'newer words without a source',
    'articleSays: Check',
    'today: Newer.\n  articleSays: Check',
    '  today: Newer',
    /no use for "today"/,
  ],
  [
    'a drastic step without its risk',
    '  risk: You are out until you are in again.\n',
    '',
    'rejoin:',
    /"risk"/,
  ],
  ['a drastic step that does not ask again', '  askAgain: Are you sure?\n', '', 'rejoin:', /"askAgain"/],
  [
    'a harmless step with a risk',
    'articleSays: Check',
    'risk: None.\n  articleSays: Check',
    '  risk: None',
    /no use for "risk"/,
  ],
  ['an option without a label', '    lone: Alone\n', '', '  options:', /option "lone"/],
  [
    'a label without an option',
    '    lone: Alone\n',
    '    lone: Alone\n    other: Other\n',
    '    other:',
    /no option "other"/,
  ],
  ['wording of no node', 'end:\n', 'ending:\n  title: x\nend:\n', 'ending:', /no node "ending"/],
  [
    'a key with a slip of the pen',
    '  title: That was all',
    '  titel: That was all',
    '  titel:',
    /no use for "titel"/,
  ],
  ['a sentence that is a truth value', 'lone: Alone', 'lone: true', '    lone:', /put it in quotes/],
  ['a sentence with a brace', 'A person goes on.', 'A {person} goes on.', '  text:', /may not contain/],
  [
    'a source without a name',
    '  https://learn.microsoft.com/newer: Newer\n',
    '',
    'sources:',
    /newer has no name/,
  ],
  [
    'the name of a source that is not cited',
    ': Newer\n',
    ': Newer\n  https://learn.microsoft.com/old: Old\n',
    '  https://learn.microsoft.com/old',
    /cited by no node/,
  ],
  ['a node worded twice', 'end:\n', 'look:\n  title: Twice\nend:\n', 'look:\n  title: Twice', /unique/],
];
