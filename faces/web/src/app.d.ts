import '#faces/server/heic-decode.d.ts';
import type { Visit } from '#faces/server/visit.ts';

declare global {
  namespace App {
    interface Platform {
      req: { yingmen: Visit };
    }
    interface Locals {
      visit: Visit;
    }
    interface Error {
      message: string;
      code?: string;
    }
  }
}
