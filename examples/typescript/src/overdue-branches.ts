import type { Client } from './client.ts'
import { graphql } from './gql/gql.ts'
import type { OverdueDatesQuery } from './gql/graphql.ts'

const branches = graphql(`
  query OverdueBranches($first: Int!) {
    deadlines(first: 0, filter: { states: [OVERDUE] }) {
      totalCount
      byOrganisation(first: $first) {
        overdue
        organisation {
          id
          code
          name
        }
      }
    }
  }
`)

const dates = graphql(`
  query OverdueDates($organisationId: ID!, $first: Int!, $after: String) {
    deadlines(
      organisationId: $organisationId
      below: false
      filter: { states: [OVERDUE] }
      first: $first
      after: $after
    ) {
      nodes {
        id
        rule
        dueOn
        article
        subject {
          __typename
          ... on Member {
            name
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

export type OverdueBranch = { id: string; code: string; name: string; overdue: number }
export type OverdueDate = OverdueDatesQuery['deadlines']['nodes'][number]

/** Organisations with overdue dates, the worst first: `first` at most, 100 of them in one answer. */
export async function overdueBranches(client: Client, first = 20): Promise<OverdueBranch[]> {
  const { deadlines } = await client.ask(branches, { first })
  // What is not yours to see any more is null.
  return deadlines.byOrganisation.flatMap(({ organisation, overdue }) =>
    organisation ? [{ ...organisation, overdue }] : [],
  )
}

/** Every overdue date of one organisation, page after page. */
export async function* overdueDates(
  client: Client,
  organisationId: string,
  pageSize = 50,
): AsyncGenerator<OverdueDate> {
  let after: string | null = null
  do {
    const { deadlines }: OverdueDatesQuery = await client.ask(dates, { organisationId, first: pageSize, after })
    yield* deadlines.nodes
    after = deadlines.pageInfo.hasNextPage ? (deadlines.pageInfo.endCursor ?? null) : null
  } while (after !== null)
}
