/** The first query of the README, word for word as it is promised to app developers. */
export const dashboard = `query Dashboard($code: String!) {
  organisation(code: $code) {
    id code name kind superior { code } term { start end }
    children(first: 10) { totalCount nodes { code name } }
    members(first: 20) { totalCount nodes { id name kind joinedOn duesRecord { category baseFen complete } } }
    indicators { key value }
    deadlines(withinDays: 365, first: 10) { totalCount nodes { rule dueOn state subject { __typename } } }
  }
}`
