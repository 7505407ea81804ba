/** The herd: elephants in a line, trunk to tail. Drawn in the colour of the text around it. */
export function Herd({ count = 3 }: { count?: number }) {
  const sizes = [1, 0.82, 0.66, 0.54, 0.46].slice(0, count);
  let x = 0;
  const places = sizes.map((size) => {
    const place = { size, x };
    x += 66 * size;
    return place;
  });
  return (
    <svg
      className="com-herd"
      viewBox={`0 0 ${Math.round(x)} 46`}
      width={Math.round(x)}
      height="46"
      aria-hidden="true"
    >
      {places.map((place) => (
        <use
          key={place.x}
          href="#elephant"
          transform={`translate(${place.x.toFixed(1)} ${(46 * (1 - place.size)).toFixed(1)}) scale(${place.size})`}
        />
      ))}
    </svg>
  );
}

/** The one drawing that all herds of a page are made of; stands once, before them. */
export function HerdShape() {
  return (
    <svg width="0" height="0" className="el-hidden" aria-hidden="true">
      <path id="elephant" d={elephant} />
    </svg>
  );
}

// Side view, facing left, in a box of 66 by 46.
const elephant =
  'M22 5C15 5 10 9 9 15c-.7 4-.6 8-1.600 12C6.600 30.500 5 33 2.400 34.200c-.9.400-.7 1.800.300 1.900C7 36.500 10.400 33.600 11.600 29c.300-1 1.700-.9 1.800.1L14 34l1 9.500c.1.9.8 1.500 1.600 1.500h4.800c.9 0 1.600-.7 1.600-1.600V34c4 1.600 12 1.800 17 .6V43.400c0 .9.700 1.600 1.600 1.600h4.800c.8 0 1.500-.6 1.600-1.400L50 33c1.700-1.800 3-4 3.600-6.500.9 3.500 1.400 6.800 3.200 9.300.5.700 1.600.3 1.500-.6-.6-4-.8-9-2-13.500C54 13 47 8 38 7c-3-.3-5-.2-7.500.2C28 5.700 25 5 22 5Z';
