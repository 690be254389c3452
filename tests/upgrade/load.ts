import { randomUUID } from 'node:crypto'

/** What all five services answer together, in words that both releases know. */
const joined = `query ($code: String!) { organisation(code: $code) {
  name superior { name } children(first: 1) { totalCount } members(first: 3) { totalCount nodes { name duesRecord { complete } } }
  duesAccount { balanceFen } indicators { key value } deadlines(withinDays: 365, first: 1) { totalCount } } }`
const register = `mutation ($input: RegisterOrganisationInput!) { registerOrganisation(input: $input) { organisation { id } } }`

type Answer = { data?: Record<string, unknown> | null; errors?: { message: string; extensions?: { code?: string } }[] }

/** Requests at a gateway without a pause: what was acknowledged, and what failed. */
export function startLoad(options: {
  gatewayUrl: string
  token: string
  codes: readonly string[]
  rootId: string
  prefix: string
}) {
  const acknowledged: string[] = []
  let counted = { requests: 0, failed: [] as string[] }
  let goesOn = true
  const ask = async (query: string, variables: object): Promise<boolean> => {
    counted.requests++
    try {
      const response = await fetch(`${options.gatewayUrl}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${options.token}` },
        body: JSON.stringify({ query, variables }),
        signal: AbortSignal.timeout(60_000),
      })
      const answer = (await response.json()) as Answer
      if (response.ok && answer.data && !answer.errors?.length) return true
      counted.failed.push(`${response.status} ${JSON.stringify(answer.errors ?? answer).slice(0, 300)}`)
    } catch (error) {
      counted.failed.push(`${(error as Error).message} ${String((error as Error).cause ?? '')}`)
    }
    return false
  }
  const write = async (): Promise<void> => {
    for (let n = 1; goesOn; n++) {
      const code = `${options.prefix}${String(n + 100_000).padStart(9, '0')}`
      const input = {
        superiorId: options.rootId,
        code,
        name: `第${n}党支部`,
        kind: 'BRANCH',
        idempotencyKey: randomUUID(),
      }
      if (await ask(register, { input })) acknowledged.push(code)
    }
  }
  const read = async (): Promise<void> => {
    for (let n = 0; goesOn; n++) await ask(joined, { code: options.codes[n % options.codes.length] })
  }
  const running = Promise.all([write(), read(), read()])
  return {
    /** Codes of organisations of which a caller was told that they are there. */
    acknowledged,
    /** What has been since the last time. */
    take() {
      const taken = counted
      counted = { requests: 0, failed: [] }
      return taken
    },
    async stop(): Promise<void> {
      goesOn = false
      await running
    },
  }
}
