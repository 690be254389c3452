import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { images } from '../../deploy/images/src/images.ts'
import { readPlatform } from '../chart/platform.ts'
import { filesUnder, isTest, root, textOf } from './import-graph.ts'

const { processes, jobs } = readPlatform()
const services = Object.keys(processes).filter(name => processes[name]!.serves && name !== 'gateway')
const sourcesOf = (service: string) => filesUnder(`services/${service}/src`).filter(file => !isTest(file))
const topicsIn = (list: string): string[] =>
  [...list.matchAll(/'([a-z]+)\.[a-z.-]+\.v\d+'/g)].map(([, topic]) => topic!)

/** Topics that a service's code says it hears: of its reactions, and of the processes that watch. */
const heardBy = (service: string): string[] => {
  const texts = sourcesOf(service).map(textOf)
  const lists = texts.flatMap(text =>
    [...text.matchAll(/(?:reaction\(\s*|watches: )\[([^\]]*)\]/g)].map(([, list]) => list!),
  )
  return [...new Set(lists.flatMap(topicsIn))].sort()
}

describe('the chart’s list of what the platform consists of', () => {
  test.each(services)(
    'platform %s reads the topics whose events it hears, and writes its own where it has one',
    service => {
      expect([...processes[service]!.reads!].sort()).toEqual(heardBy(service))
      const published = filesUnder('packages/events/src/catalogue').some(file => file.endsWith(`/${service}.ts`))
      expect(processes[service]!.writes).toBe(published)
    },
  )

  test.each(services)('platform the group by which KEDA scales %s is one that it has', service => {
    const { group, topic } = processes[service]!.lag!
    const texts = sourcesOf(service).map(textOf).join('\n')
    expect(texts).toMatch(new RegExp(`purpose: '${group}'|['{ ]${group}'?: \\[`))
    expect(processes[service]!.reads).toContain(topic)
  })

  test('platform every program is there, and in the image that is said to have it', () => {
    for (const [name, { image, main }] of Object.entries({ ...processes, ...jobs })) {
      if (main === undefined) continue
      expect([main, existsSync(join(root, main))]).toEqual([main, true])
      const found = images.find(each => each.name === image)
      expect([name, found?.mains.includes(main)]).toEqual([name, true])
    }
  })

  test('platform who has a row in the matrix reaches what it needs, and no service reaches another', () => {
    for (const service of services) {
      const { talksTo, database, reads } = processes[service]!
      expect([service, talksTo.includes('postgresql')]).toEqual([service, database !== undefined])
      expect([service, talksTo.includes('kafka')]).toEqual([service, reads !== undefined])
      expect(talksTo.filter(target => target in processes)).toEqual([])
    }
    expect(processes.gateway!.talksTo).toEqual(expect.arrayContaining(services))
    expect(processes.gateway!.talksTo).not.toContain('postgresql')
  })
})
