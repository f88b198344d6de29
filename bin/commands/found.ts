import { parseArgs } from 'node:util';
import { foundCommunity } from '#db/found.ts';
import { refuseInWords } from '#platform/refuse_in_words.ts';
import { type CommandLine, UsageError } from '../command_line.ts';
import { withInstallation } from '../open_installation.ts';

export const command: CommandLine = {
  name: 'found',
  summary: 'Begins a real neighbourhood in an empty database.',
  usage: `yingmen found --slug NAME --name 中文名 --name-en NAME --phone NUMBER --at LATITUDE,LONGITUDE [--time-zone Asia/Shanghai]

  --slug   small letters, digits and hyphens
  --phone  of the first administrator, who then signs in with a code
  --at     the middle of the neighbourhood (WGS-84)

  After it: import grids FILE.geojson, import network FILE.osm.pbf, import doors FILE.csv, import residents FILE.csv.`,
  async run({ args }) {
    const wanted = readArgs(args);
    return withInstallation(async (environment) => {
      if ((await environment.allCommunities()).length > 0)
        refuseInWords('not_empty', 'There is a neighbourhood in this database already.');
      return foundCommunity(environment, wanted);
    });
  },
};

function readArgs(args: string[]) {
  const text = { type: 'string' } as const;
  const options = {
    slug: text,
    name: text,
    'name-en': text,
    phone: text,
    at: text,
    'time-zone': { ...text, default: 'Asia/Shanghai' },
  };
  try {
    const { values } = parseArgs({ args, options });
    const [latitude, longitude] = (values.at ?? '').split(',').map(Number);
    if (!/^[a-z0-9-]{2,60}$/.test(values.slug ?? '') || !values.name || !values['name-en'] || !values.phone)
      throw new UsageError('--slug, --name, --name-en and --phone are needed');
    if (!(Math.abs(latitude ?? Number.NaN) <= 90 && Math.abs(longitude ?? Number.NaN) <= 180))
      throw new UsageError('--at needs LATITUDE,LONGITUDE');
    return {
      slug: values.slug!,
      names: { 'zh-CN': values.name, en: values['name-en'] },
      phone: values.phone,
      latitude: latitude!,
      longitude: longitude!,
      time_zone: values['time-zone'],
    };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
