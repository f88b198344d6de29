// Boost's Dijkstra from many sources at once over a network that was not contracted, to measure walk_reach beside.
// Input: a file of little-endian int32 vertices, segments, sources; then int32 from[], to[], sources[]; then double metres[].
// Output: the least of the repeats in milliseconds (other work on the machine only ever adds to it), and the sum of all distances, so that both can be seen to agree.
#include <algorithm>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <utility>
#include <vector>

struct Length { double metres; };
using Graph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, Length>;

template <typename T> std::vector<T> read(std::ifstream &file, size_t count) {
  std::vector<T> values(count);
  file.read(reinterpret_cast<char *>(values.data()), count * sizeof(T));
  return values;
}

int main(int, char **arguments) {
  std::ifstream file(arguments[1], std::ios::binary);
  const auto head = read<int>(file, 3);
  const size_t vertices = head[0], segments = head[1];
  const auto from = read<int>(file, segments), to = read<int>(file, segments), sources = read<int>(file, head[2]);
  const auto metres = read<double>(file, segments);
  std::vector<std::pair<int, int>> arcs;
  std::vector<Length> lengths;
  for (size_t s = 0; s < segments; s++) {
    arcs.emplace_back(from[s], to[s]);
    arcs.emplace_back(to[s], from[s]);
    lengths.insert(lengths.end(), 2, {metres[s]});
  }
  // One more vertex from which every source is 0 m away.
  for (const int source : sources) {
    arcs.emplace_back(vertices, source);
    lengths.push_back({0});
  }
  const Graph graph(boost::edges_are_unsorted_multi_pass, arcs.begin(), arcs.end(), lengths.begin(), vertices + 1);
  std::vector<double> distance(vertices + 1), times;
  for (int repeat = 0; repeat < 8; repeat++) {
    const auto began = std::chrono::steady_clock::now();
    const auto index = boost::get(boost::vertex_index, graph);
    boost::dijkstra_shortest_paths(
        graph, vertices,
        boost::weight_map(boost::get(&Length::metres, graph))
            .distance_map(boost::make_iterator_property_map(distance.begin(), index)));
    times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count());
  }
  double sum = 0;
  for (const double one : distance) if (one < 1e300) sum += one;
  std::printf("{\"least_ms\": %.3f, \"sum_metres\": %.3f}\n", *std::min_element(times.begin(), times.end()), sum);
}
