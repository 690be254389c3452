const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])`
const membersEach = 20

type Reference = { id: string }
const member = (id: string) => ({ id, name: `党员${id}`, joinedOn: '2001-07-01' })

/** Three services that answer from memory: what is measured is the gateway. */
export const schemas = [
  {
    name: 'org',
    sdl: `${link}
      type Query { organisation(code: String!): Organisation }
      type Organisation @key(fields: "id") { id: ID! code: String! name: String! kind: String! }`,
    resolvers: [
      {
        Query: {
          organisation: (_: unknown, { code }: { code: string }) => ({
            id: code,
            code,
            name: `第${code}支部`,
            kind: 'BRANCH',
          }),
        },
        Organisation: {
          __resolveReference: ({ id }: Reference) => ({ id, code: id, name: `第${id}支部`, kind: 'BRANCH' }),
        },
      },
    ],
  },
  {
    name: 'members',
    sdl: `${link}
      type Query { member(id: ID!): Member }
      type Organisation @key(fields: "id") { id: ID! members: [Member!]! }
      type Member @key(fields: "id") { id: ID! name: String! joinedOn: String! }`,
    resolvers: [
      {
        Query: { member: (_: unknown, { id }: Reference) => member(id) },
        Organisation: {
          members: ({ id }: Reference) => Array.from({ length: membersEach }, (_, n) => member(`${id}-${n}`)),
        },
        Member: { __resolveReference: ({ id }: Reference) => member(id) },
      },
    ],
  },
  {
    name: 'dues',
    sdl: `${link}
      type Query { duesCategories: [String!]! }
      type Organisation @key(fields: "id") { id: ID! balanceFen: String }
      type Member @key(fields: "id") { id: ID! duesRecord: DuesRecord }
      type DuesRecord { category: String! baseFen: String! complete: Boolean! }`,
    resolvers: [
      {
        Query: { duesCategories: () => ['MONTHLY_SALARY'] },
        Organisation: { balanceFen: () => '123456' },
        Member: { duesRecord: () => ({ category: 'MONTHLY_SALARY', baseFen: '800000', complete: true }) },
      },
    ],
  },
]

const branch = 'name kind balanceFen members { name joinedOn duesRecord { category baseFen complete } }'

/** One fetch of the root and eleven below it. */
export const query = `query Branches($a: String!, $b: String!, $c: String!, $d: String!) {
  a: organisation(code: $a) { ${branch} }
  b: organisation(code: $b) { ${branch} }
  c: organisation(code: $c) { ${branch} }
  d: organisation(code: $d) { name balanceFen members { name joinedOn } }
}`
export const fetchesEach = 12
