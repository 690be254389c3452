import { mkdir, rm } from 'node:fs/promises'
import { removePostgresState } from '@linghang/devstack'
import { openStormBooks } from './books.ts'
import { judge } from './judge.ts'
import { planStorm, type Wave } from './plan.ts'
import { createPlayer } from './play.ts'
import { type Stack, startStack } from './stack.ts'

export type StormSize = { faults: number; faultsAWave: number; scriptsAWave: number }

/** All scripts of a wave at once, and what is killed in their middle. */
async function playWave(stack: Stack, { scripts, faults }: Wave, play: ReturnType<typeof createPlayer>['play']) {
  let ended = 0
  let fault: unknown
  const reached = (count: number) =>
    new Promise<void>(resolve => {
      const look = setInterval(() => {
        if (ended < count && fault === undefined) return
        clearInterval(look)
        resolve()
      }, 5)
    })
  const playing = scripts.map(async script => {
    await play(script)
    ended++
  })
  const all = Promise.all(playing).catch(error => {
    fault ??= error
  })
  for (const { target, after } of faults) {
    await reached(after)
    if (fault !== undefined) break
    await stack.kill(target)
  }
  await all
  if (fault !== undefined) throw fault
}

/**
 * A storm on the ledger: waves of postings, holds and settlements at once while the service, PostgreSQL, Kafka and the
 * provider of payments are killed in their middle; then the books are held against what was acknowledged.
 * @returns what they hold otherwise; empty where nothing is
 */
export async function runStorm(seed: number, size: StormSize, stateDir: string): Promise<string[]> {
  const say = (text: string) => process.stdout.write(`${text}\n`)
  say(`storm on the ledger: seed ${seed}, ${size.faults} faults`)
  await mkdir(stateDir, { recursive: true })
  const stack = await startStack(stateDir)
  let found: string[] | undefined
  try {
    const books = await openStormBooks(stack)
    const player = createPlayer(stack, books)
    const hit: Record<string, number> = {}
    for (const [n, wave] of planStorm(seed, size).entries()) {
      const begunAt = performance.now()
      await playWave(stack, wave, player.play)
      for (const { target } of wave.faults) hit[target] = (hit[target] ?? 0) + 1
      say(
        `wave ${n + 1}: ${wave.scripts.length} at once, ${wave.faults.length} faults, ${((performance.now() - begunAt) / 1_000).toFixed(1)} s`,
      )
    }
    const faults = await judge(stack, books, player.told)
    const acknowledged = player.told.filter(({ outcome }) => 'id' in outcome).length
    say(`killed: ${JSON.stringify(hit)}; answers: ${JSON.stringify(player.heard)}`)
    say(`${player.told.length} steps, ${acknowledged} acknowledged and there exactly once, the others refused`)
    found = [...stack.died, ...faults]
    return found
  } finally {
    await stack.stop()
    // Whoever has found something wants to look at it.
    if (found?.length === 0) {
      await removePostgresState(stateDir)
      await rm(stateDir, { recursive: true, force: true })
    } else say(`kept for a look: ${stateDir}`)
  }
}
