import { type Dispatcher, request } from 'undici'

/**
 * Asks each subgraph, as the gateway itself, until it has answered once: then it stands, and believes who asks. Later outages are no reason to take the gateway out:
 * the rest of an answer stands, and every other gateway would be out as well.
 */
export function awaitSubgraphs(
  subgraphs: { name: string; url: string; dispatcher: Dispatcher }[],
  tokenForItself: () => Promise<string>,
  everyMs = 500,
) {
  const missing = new Set(subgraphs.map(({ name }) => name))
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const look = async (): Promise<void> => {
    await Promise.all(
      subgraphs
        .filter(({ name }) => missing.has(name))
        .map(async ({ name, url, dispatcher }) => {
          if (await answers(url, dispatcher, tokenForItself)) missing.delete(name)
        }),
    )
    if (missing.size === 0 || stopped) return
    timer = setTimeout(look, everyMs)
    timer.unref()
  }
  void look()

  return {
    missing: (): string[] => [...missing].sort(),
    stop(): void {
      stopped = true
      clearTimeout(timer)
    },
  }
}

async function answers(url: string, dispatcher: Dispatcher, tokenForItself: () => Promise<string>): Promise<boolean> {
  try {
    const answer = await request(`${url}/graphql`, {
      ...{ dispatcher, method: 'POST', headersTimeout: 2_000, bodyTimeout: 2_000 },
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await tokenForItself()}` },
      body: JSON.stringify({ query: '{ __typename }' }),
    })
    await answer.body.dump()
    return answer.statusCode === 200
  } catch {
    return false
  }
}
