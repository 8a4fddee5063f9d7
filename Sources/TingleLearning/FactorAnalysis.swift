import TingleDSP

/// Approximates correlation matrices by a few shared factors and a part of each variable's own.
enum FactorAnalysis {
  /// Iterated principal factors: C ≈ V Vᵀ + diagonal.
  /// - Returns: for each variable, its loadings on the factors; the squares of a row add up to 1 at most.
  static func loadings(_ correlation: [Double], size: Int, factors: Int) -> [[Double]] {
    var own = [Double](repeating: 0.3, count: size)
    var loadings: [[Double]] = []
    for _ in 0..<12 {
      var reduced = correlation
      for i in 0..<size { reduced[i * size + i] -= own[i] }
      let (values, vectors) = eigen(reduced, size: size)
      let order = values.indices.sorted { values[$0] > values[$1] }.prefix(factors)
      loadings = (0..<size).map { row in
        order.map { vectors[row * size + $0] * max(0, values[$0]).squareRoot() }
      }
      for i in 0..<size {
        own[i] = max(0, min(1, correlation[i * size + i] - loadings[i].reduce(0) { $0 + $1 * $1 }))
      }
    }
    return (0..<size).map { row in
      let total = (loadings[row].reduce(0) { $0 + $1 * $1 } + own[row]).squareRoot()
      return loadings[row].map { $0 / max(total, 1e-6) }
    }
  }

  /// The nearest correlation matrix without negative eigenvalues.
  static func positive(_ matrix: [Double], size: Int) -> [Double] {
    let (values, vectors) = eigen(matrix, size: size)
    var result = [Double](repeating: 0, count: size * size)
    for a in 0..<size {
      for b in 0..<size {
        var sum = 0.0
        for e in 0..<size {
          sum += vectors[a * size + e] * vectors[b * size + e] * max(values[e], 1e-3)
        }
        result[a * size + b] = sum
      }
    }
    let scales = (0..<size).map { result[$0 * size + $0].squareRoot() }
    for a in 0..<size {
      for b in 0..<size { result[a * size + b] /= scales[a] * scales[b] }
    }
    return result
  }

  /// Eigenvalues and eigenvectors (columns) of a symmetric matrix, by cyclic Jacobi rotations.
  ///
  /// G. H. Golub and C. F. Van Loan, "Matrix Computations", section 8.5.
  static func eigen(_ matrix: [Double], size: Int) -> (values: [Double], vectors: [Double]) {
    var a = matrix
    var v = [Double](repeating: 0, count: size * size)
    for i in 0..<size { v[i * size + i] = 1 }
    a.withUnsafeMutableBufferPointer { a in
      v.withUnsafeMutableBufferPointer { v in
        for _ in 0..<12 {
          var off = 0.0
          for p in 0..<size { for q in p + 1..<size { off += a[p * size + q] * a[p * size + q] } }
          guard off > 1e-8 else { break }
          let small = (1e-10 * off / Double(size * size)).squareRoot()
          for p in 0..<size - 1 {
            for q in p + 1..<size where abs(a[p * size + q]) > small {
              rotate(a, v, p, q, size)
            }
          }
        }
      }
    }
    return ((0..<size).map { a[$0 * size + $0] }, v)
  }

  private static func rotate(
    _ a: UnsafeMutableBufferPointer<Double>, _ v: UnsafeMutableBufferPointer<Double>, _ p: Int, _ q: Int,
    _ size: Int
  ) {
    let theta = (a[q * size + q] - a[p * size + p]) / (2 * a[p * size + q])
    let t = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
    let c = 1 / (t * t + 1).squareRoot()
    let s = t * c
    // Rows first: they are contiguous. The columns follow from the symmetry.
    for k in 0..<size where k != p && k != q {
      let (x, y) = (a[p * size + k], a[q * size + k])
      let (nx, ny) = (c * x - s * y, s * x + c * y)
      (a[p * size + k], a[k * size + p]) = (nx, nx)
      (a[q * size + k], a[k * size + q]) = (ny, ny)
    }
    let (app, aqq, apq) = (a[p * size + p], a[q * size + q], a[p * size + q])
    a[p * size + p] = app - t * apq
    a[q * size + q] = aqq + t * apq
    (a[p * size + q], a[q * size + p]) = (0, 0)
    for k in 0..<size {
      let (x, y) = (v[k * size + p], v[k * size + q])
      v[k * size + p] = c * x - s * y
      v[k * size + q] = s * x + c * y
    }
  }
}
