/** Linear-light sRGB, each 0 to 1. */
export type Colour = readonly [red: number, green: number, blue: number];

export interface Oklch {
  readonly lightness: number;
  readonly chroma: number;
  /** In degrees. */
  readonly hue: number;
  readonly alpha: number;
}

export const visions = ['normal', 'protanopia', 'deuteranopia', 'tritanopia'] as const;
export type Vision = (typeof visions)[number];

/** Machado, Oliveira and Fernandes 2009, "A Physiologically-based Model for Simulation of Color Vision Deficiency", severity 1. */
const simulations: Readonly<Record<Vision, readonly (readonly number[])[]>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** As Oklab defines it (Ottosson 2020); outside 0 to 1 where a screen cannot show it. */
export function toLinear({ lightness, chroma, hue }: Oklch): Colour {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

/** What is seen of a colour that lies over another, mixed as browsers mix: in the encoding of sRGB. */
export function over(top: Colour, ground: Colour, alpha: number): Colour {
  return each((index) => decoded(encoded(top[index]!) * alpha + encoded(ground[index]!) * (1 - alpha)));
}

/** The contrast of WCAG 2: 1 none, 21 black on white. */
export function contrast(first: Colour, second: Colour): number {
  const [dark, light] = [luminance(first), luminance(second)].toSorted((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

/** How far apart two colours are to those eyes: the distance in Oklab, where black to white is 1. */
export function difference(first: Colour, second: Colour, vision: Vision): number {
  const [a, b] = [oklab(seen(first, vision)), oklab(seen(second, vision))];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

function seen(colour: Colour, vision: Vision): Colour {
  return each((index) => {
    const [red, green, blue] = simulations[vision][index]!;
    return clipped(red! * colour[0] + green! * colour[1] + blue! * colour[2]);
  });
}

function oklab([red, green, blue]: Colour): Colour {
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

const luminance = ([red, green, blue]: Colour) => 0.2126 * red + 0.7152 * green + 0.0722 * blue;
const clipped = (value: number) => Math.min(1, Math.max(0, value));
const encoded = (value: number) =>
  value <= 0.0031308 ? 12.92 * clipped(value) : 1.055 * clipped(value) ** (1 / 2.4) - 0.055;
/** Of a channel as files give it, 0 to 1, its linear light. */
export const decoded = (value: number) =>
  value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
const each = (make: (index: number) => number): Colour => [make(0), make(1), make(2)];
