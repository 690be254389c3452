import { readFile, rename, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { composeSupergraph } from '../src/supergraph/compose-supergraph.ts'
import { subgraphs } from './subgraphs.ts'
import { startWorld, until, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
}, 60_000)
afterAll(() => world.stop(), 30_000)

const swapIn = async (sdl: string) => {
  await writeFile(`${world.supergraphFile}.new`, sdl)
  await rename(`${world.supergraphFile}.new`, world.supergraphFile)
}
const status = async (query: string) => (await world.post({ query })).status

describe('platform another supergraph is taken up without a restart', () => {
  test('platform a new one is served, a broken one changes nothing', async () => {
    const before = await readFile(world.supergraphFile, 'utf8')
    expect(await status('{ duesCategories }')).toBe(200)
    await swapIn(composeSupergraph(subgraphs.filter(({ name }) => name !== 'dues')))
    await until(async () => (await status('{ duesCategories }')) === 400)
    const refused = () => world.counted('linghang_gateway_supergraph_reloads', 'refused')
    await swapIn('type Query {')
    await until(async () => (await refused()) === 1)
    expect(await status('{ organisation(code: "LC") { name } }')).toBe(200)
    await swapIn(before)
    await until(async () => (await status('{ duesCategories }')) === 200)
  }, 20_000)

  test('platform the schema that is read is the one that is served, and who has it is told so', async () => {
    const read = (headers: Record<string, string> = {}) => fetch(`${world.url}/schema.graphql`, { headers })
    const before = await readFile(world.supergraphFile, 'utf8')
    const first = await read()
    const etag = first.headers.get('etag') as string
    expect(await first.text()).toContain('duesCategories')
    expect((await read({ 'if-none-match': etag })).status).toBe(304)
    const refused = () => world.counted('linghang_gateway_supergraph_reloads', 'refused')
    const refusedBefore = await refused()
    await swapIn('type Query {')
    await until(async () => (await refused()) === refusedBefore + 1)
    expect((await read({ 'if-none-match': etag })).status).toBe(304)
    await swapIn(composeSupergraph(subgraphs.filter(({ name }) => name !== 'dues')))
    await until(async () => (await read({ 'if-none-match': etag })).status === 200)
    expect(await (await read()).text()).not.toContain('duesCategories')
    await swapIn(before)
    await until(async () => (await status('{ duesCategories }')) === 200)
  }, 20_000)

  test('platform it is ready once the services have answered', async () => {
    const ready = () => fetch(`${world.url}/health/ready`)
    await until(async () => (await ready()).status === 200)
    expect(await (await ready()).json()).toEqual({ ready: true, waitingFor: [] })
  })

  test('platform a change of office is asked for anew at once, an unchanged one only after some seconds', async () => {
    await world.post({ query: '{ duesCategories }' }, { as: 'leader' })
    const asked = world.book.asked
    await world.post({ query: '{ duesCategories }' }, { as: 'leader' })
    expect(world.book.asked).toBe(asked)
    const leader = world.book.grants.get('sub-leader')
    world.book.grants.set('sub-leader', { ...leader!, grants: [] })
    world.knownGrants.forget(leader?.accountId as string)
    await world.post({ query: '{ duesCategories }' }, { as: 'leader' })
    expect(world.seenBy('dues').actors.at(-1)?.grants).toEqual([])
  })
})
